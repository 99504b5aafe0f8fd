package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

// The layouts and values of the specification a second time, as simple as they can be: all of the input in memory, each
// value parsed by recursion. It says what an input comes to in the form of Inputs.whole. Each byte is a char here.
final class NaiveReader {
    private static final Set<String> COLLECTIONS = Arrays.stream(JobKind.values())
            .flatMap(kind -> List.of(kind.collection(), kind.protoCollection()).stream())
            .collect(Collectors.toSet());
    private static final Set<String> OTHERS = Set.of("nextPageToken", "next_page_token", "unreachable");

    static final String NO_JSON = "no JSON";

    private final String text;
    private int firstInvalid;
    private final List<String> outcomes = new ArrayList<>();

    // A value: where it begins and ends, and what is in it. Keys of members may repeat.
    private record Node(int start, int end, List<String> keys, List<Node> values) {}

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int at;

        Fault(int at) {
            this.at = at;
        }
    }

    private NaiveReader(byte[] input) {
        this.text = new String(input, ISO_8859_1);
        this.firstInvalid = firstInvalid(0, input.length);
    }

    static List<String> outcomes(byte[] input) {
        boolean marked = new String(input, ISO_8859_1).startsWith("\u00ef\u00bb\u00bf");
        NaiveReader reader = new NaiveReader(marked ? Arrays.copyOfRange(input, 3, input.length) : input);
        reader.read();
        return reader.outcomes;
    }

    private int firstInvalid(int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(text.substring(from, to).getBytes(ISO_8859_1));
        boolean isMalformed = UTF_8.newDecoder()
                .decode(bytes, CharBuffer.allocate(to - from + 1), true)
                .isMalformed();
        return isMalformed ? from + bytes.position() : Integer.MAX_VALUE;
    }

    private void read() {
        int start = space(0);
        if (isYaml(start)) {
            outcomes.add(NO_JSON);
        } else if (isStream(start)) {
            stream(start);
        } else {
            lines();
        }
    }

    private boolean isYaml(int start) {
        String line = text.substring(start, lineEnd(start));
        String key = line.substring(0, Math.max(0, line.indexOf(':')));
        boolean hasKey = key.matches("[A-Za-z_][\\w.-]*")
                && (line.equals(key + ':') || blanks(start + key.length() + 1) > start + key.length() + 1);
        return (start == 0 || text.charAt(start - 1) == '\n')
                && (hasKey || line.startsWith("---") || line.startsWith("- "))
                && Arrays.stream(text.split("\n")).noneMatch(each -> each.startsWith("{") || each.startsWith("["));
    }

    private boolean isStream(int start) {
        if (start == text.length() || text.charAt(start) != '{') {
            return start < text.length() && text.charAt(start) == '[';
        }
        try {
            int end = value(start, text.length()).end;
            int lineEnd = lineEnd(start);
            return end > lineEnd || blanks(end) < lineEnd;
        } catch (Fault fault) {
            return fault.at == text.length();
        }
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int line(int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private int space(int at) {
        int i = at;
        while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private int blanks(int at) {
        int i = at;
        while (i < text.length() && " \t\r".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private void lines() {
        int start = 0;
        for (int number = 1; start <= text.length(); number++) {
            int end = lineEnd(start);
            int content = blanks(start);
            if (content < end) {
                firstInvalid = firstInvalid(content, end);
                try {
                    Node value = value(content, end);
                    if (blanks(value.end) < end) {
                        throw new Fault(value.end);
                    }
                    jobs(value);
                } catch (Fault fault) {
                    outcomes.add(number + " malformed-json");
                }
            }
            start = end + 1;
        }
    }

    private void stream(int from) {
        int at = from;
        try {
            while (at < text.length()) {
                if (text.charAt(at) == '[') {
                    at = array(at, text.length(), element -> job(element, true)).end;
                } else {
                    Node value = value(at, text.length());
                    jobs(value);
                    at = value.end;
                }
                at = space(at);
            }
        } catch (Fault fault) {
            outcomes.add(line(fault.at) + " malformed-json of the input");
        }
    }

    private void jobs(Node value) {
        char first = text.charAt(value.start);
        if (first == '[') {
            value.values.forEach(element -> job(element, true));
        } else if (first != '{') {
            outcomes.add(line(value.start) + " malformed-json");
        } else if (isList(value)) {
            Map<String, Node> lists = new LinkedHashMap<>();
            for (int i = 0; i < value.keys.size(); i++) {
                String name = camelCase(value.keys.get(i));
                if (COLLECTIONS.contains(name)) {
                    lists.remove(name);
                    lists.put(name, value.values.get(i));
                }
            }
            lists.values().forEach(list -> list.values.forEach(element -> job(element, true)));
        } else {
            job(value, false);
        }
    }

    private boolean isList(Node object) {
        Map<String, Node> last = new LinkedHashMap<>();
        for (int i = 0; i < object.keys.size(); i++) {
            last.put(camelCase(object.keys.get(i)), object.values.get(i));
        }
        return object.keys.stream().allMatch(key -> COLLECTIONS.contains(key) || OTHERS.contains(key))
                && last.entrySet().stream()
                        .allMatch(member ->
                                !COLLECTIONS.contains(member.getKey()) || text.charAt(member.getValue().start) == '[');
    }

    private static String camelCase(String key) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            boolean isLetter = key.charAt(i) == '_' && i + 1 < key.length();
            name.append(isLetter ? Character.toUpperCase(key.charAt(++i)) : key.charAt(i));
        }
        return name.toString();
    }

    private void job(Node value, boolean isElement) {
        String json = new String(text.substring(value.start, value.end).getBytes(ISO_8859_1), UTF_8);
        String outcome = text.charAt(value.start) != '{'
                ? "malformed-json"
                : JobJson.read(json).fold(fault -> fault.reason().id(), JobSnapshot::toString);
        // Only an answer can be an error.
        outcomes.add(
                line(value.start) + " " + (isElement && outcome.equals("error-answer") ? "name-missing" : outcome));
    }

    private interface Elements {
        void add(Node element);
    }

    private Node value(int at, int limit) {
        char first = at < limit ? text.charAt(at) : '\0';
        if (first == '{') {
            return object(at, limit);
        }
        if (first == '[') {
            List<Node> elements = new ArrayList<>();
            return new Node(at, array(at, limit, elements::add).end, List.of(), elements);
        }
        int end = first == '"'
                ? string(at, limit)
                : first == 't' || first == 'n'
                        ? literal(at, limit, first == 't' ? "true" : "null")
                        : first == 'f' ? literal(at, limit, "false") : number(at, limit);
        return new Node(at, end, List.of(), List.of());
    }

    private Node array(int at, int limit, Elements elements) {
        int i = space(at + 1, limit);
        if (i < limit && text.charAt(i) == ']') {
            return new Node(at, i + 1, List.of(), List.of());
        }
        while (true) {
            Node element = value(i, limit);
            elements.add(element);
            i = space(element.end, limit);
            if (!is(i, limit, ',')) {
                return new Node(at, expect(i, limit, ']'), List.of(), List.of());
            }
            i = space(i + 1, limit);
        }
    }

    private Node object(int at, int limit) {
        List<String> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        int i = space(at + 1, limit);
        if (is(i, limit, '}')) {
            return new Node(at, i + 1, keys, values);
        }
        while (true) {
            expect(i, limit, '"');
            int end = string(i, limit);
            keys.add(unescaped(text.substring(i, end)));
            i = space(expect(space(end, limit), limit, ':'), limit);
            Node value = value(i, limit);
            values.add(value);
            i = space(value.end, limit);
            if (!is(i, limit, ',')) {
                return new Node(at, expect(i, limit, '}'), keys, values);
            }
            i = space(i + 1, limit);
        }
    }

    private static String unescaped(String string) {
        try (JsonParser parser = StrictJson.parser(string)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int space(int at, int limit) {
        return Math.min(space(at), limit);
    }

    private boolean is(int at, int limit, char expected) {
        return at < limit && text.charAt(at) == expected;
    }

    private int expect(int at, int limit, char expected) {
        if (!is(at, limit, expected)) {
            throw new Fault(Math.min(at, limit));
        }
        return at + 1;
    }

    private int string(int at, int limit) {
        int i = at + 1;
        while (!is(i, limit, '"')) {
            if (i >= limit || text.charAt(i) < ' ' || i >= firstInvalid) {
                // A character that breaks off at the end is the end.
                throw new Fault(i < limit && isCut(i) ? limit : Math.min(i, limit));
            }
            if (text.charAt(i) == '\\') {
                i++;
                if (i >= limit || "\"\\/bfnrtu".indexOf(text.charAt(i)) < 0) {
                    throw new Fault(Math.min(i, limit));
                }
                int digits = text.charAt(i) == 'u' ? 4 : 0;
                for (int digit = 0; digit < digits; digit++) {
                    i++;
                    if (i >= limit || Character.digit(text.charAt(i), 16) < 0) {
                        throw new Fault(Math.min(i, limit));
                    }
                }
            }
            i++;
        }
        return i + 1;
    }

    // Whether the rest of the input is the beginning of a character.
    private boolean isCut(int at) {
        if (at < firstInvalid) {
            return false;
        }
        byte[] rest = text.substring(at).getBytes(ISO_8859_1);
        return rest.length < 4
                && UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(rest), CharBuffer.allocate(4), false)
                        .isUnderflow();
    }

    private int literal(int at, int limit, String literal) {
        int i = at;
        for (int c = 0; c < literal.length(); c++) {
            i = expect(i, limit, literal.charAt(c));
        }
        return i;
    }

    private int number(int at, int limit) {
        int i = is(at, limit, '-') ? at + 1 : at;
        i = is(i, limit, '0') ? i + 1 : digits(i, limit);
        if (is(i, limit, '.')) {
            i = digits(i + 1, limit);
        }
        if (is(i, limit, 'e') || is(i, limit, 'E')) {
            i++;
            i = digits(is(i, limit, '+') || is(i, limit, '-') ? i + 1 : i, limit);
        }
        return i;
    }

    private int digits(int at, int limit) {
        int i = at;
        while (i < limit && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        if (i == at) {
            throw new Fault(Math.min(at, limit));
        }
        return i;
    }
}
