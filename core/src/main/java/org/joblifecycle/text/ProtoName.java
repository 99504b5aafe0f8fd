package org.joblifecycle.text;

/** The names that fields have in {@code .proto} files, made of those that they have in JSON. */
public final class ProtoName {
    private ProtoName() {}

    /** The proto name of a field, such as {@code base_model} for {@code baseModel}. */
    public static String of(String jsonName) {
        StringBuilder name = new StringBuilder();
        jsonName.chars().forEach(c -> {
            if (c >= 'A' && c <= 'Z') {
                name.append('_').append((char) (c - 'A' + 'a'));
            } else {
                name.append((char) c);
            }
        });
        return name.toString();
    }
}
