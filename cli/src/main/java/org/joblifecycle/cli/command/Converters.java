package org.joblifecycle.cli.command;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.Function;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How modes, kinds, rules, states and formats are written on the command line. */
public final class Converters {
    private static final String AUTO = "auto";
    private static final String WIRE_PREFIX = "JOB_STATE_";

    private Converters() {}

    /** Registers the words that several commands share with the parser of a command line and of its subcommands. */
    public static void register(CommandLine line) {
        register(line, Mode.class);
        line.registerConverter(JobKind.class, Converters::kind);
        line.registerConverter(Rule.class, word -> choose(Rule::id, word, Rule.values()));
        line.registerConverter(JobState.class, Converters::state);
        register(line, ReportFormat.class);
    }

    /** Registers the words for the constants of an enum. */
    public static <E extends Enum<E>> void register(CommandLine line, Class<E> words) {
        line.registerConverter(words, word -> choose(Converters::of, word, words.getEnumConstants()));
    }

    /** The word for a constant, such as {@code tuning-job}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words that an option or parameter of this type takes; none if it is no choice of words. */
    public static List<String> words(Class<?> type) {
        if (type == JobKind.class) {
            return List.of(JobKind.values()).map(Converters::of).prepend(AUTO);
        }
        if (type == JobState.class) {
            return List.of(JobState.values()).map(JobState::name);
        }
        if (type == Rule.class) {
            return List.of(Rule.values()).map(Rule::id);
        }
        return type.isEnum() ? List.of(type.getEnumConstants()).map(constant -> of((Enum<?>) constant)) : List.empty();
    }

    /** The kind that is named; null if it is left to the names of the jobs. */
    private static @Nullable JobKind kind(String word) {
        return word.equals(AUTO)
                ? null
                : find(Converters::of, word, JobKind.values())
                        .getOrElseThrow(() -> unknown(word, words(JobKind.class)));
    }

    private static JobState state(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return find(
                        JobState::name,
                        name.startsWith(WIRE_PREFIX) ? name.substring(WIRE_PREFIX.length()) : name,
                        JobState.values())
                .getOrElseThrow(() -> unknown(word, words(JobState.class)));
    }

    private static <T> T choose(Function<? super T, String> toWord, String word, T[] values) {
        return find(toWord, word, values)
                .getOrElseThrow(() -> unknown(word, List.of(values).map(toWord)));
    }

    private static <T> Option<T> find(Function<? super T, String> toWord, String word, T[] values) {
        return List.of(values).find(value -> toWord.apply(value).equals(word));
    }

    private static TypeConversionException unknown(String word, List<String> words) {
        return new TypeConversionException("'" + word + "' is none of " + words.mkString(", "));
    }
}
