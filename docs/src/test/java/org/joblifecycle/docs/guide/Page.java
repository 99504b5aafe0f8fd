package org.joblifecycle.docs.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page in Markdown. A block of code has a name if a comment {@code <!-- example: name -->} stands on the line before;
 * other text that comes from the code stands between {@code <!-- generated: name -->} and {@code <!-- end -->}.
 */
final class Page {
    /** The folder of the whole project, as seen from the docs module. */
    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^<!-- example: ([a-z0-9-]+) -->\n)?^```([a-z]*)\n(.*?)^```$");
    private static final Pattern GENERATED =
            Pattern.compile("(?ms)^(<!-- generated: ([a-z0-9-]+) -->\n).*?^(<!-- end -->)$");

    private final Path file;
    private final String text;

    private Page(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The pages of the project: those in its top folder, and those in docs. */
    static List<Page> all() {
        Path docs = ROOT.resolve("docs");
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> below = Files.walk(docs)) {
            return Stream.concat(top, below.filter(file -> !file.startsWith(docs.resolve("target"))))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    String text() {
        return text;
    }

    /** The text without the blocks of code. */
    String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** For the report of JUnit. */
    @Override
    public String toString() {
        return file.toString();
    }

    /**
     * A block of code.
     *
     * @param name null if it has none
     */
    record Block(@Nullable String name, String language, String text) {}

    List<Block> blocks() {
        return BLOCK.matcher(text).results().map(Page::block).toList();
    }

    private static Block block(MatchResult match) {
        return new Block(match.group(1), match.group(2), match.group(3));
    }

    /** This page with these texts in its named blocks. */
    Page withBlocks(Function<Block, String> content) {
        return new Page(file, replace(BLOCK, match -> {
            Block block = block(match);
            return block.name() == null
                    ? match.group()
                    : "<!-- example: " + block.name() + " -->\n```" + block.language() + "\n" + content.apply(block)
                            + "```";
        }));
    }

    /** This page with these texts in its generated parts. */
    Page withGenerated(UnaryOperator<String> content) {
        return new Page(
                file, replace(GENERATED, match -> match.group(1) + content.apply(match.group(2)) + match.group(3)));
    }

    private String replace(Pattern pattern, Function<MatchResult, String> replacement) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
    }

    /** Stores the page if pages are to be updated: {@code -Dupdate.docs}. */
    void update() {
        if (System.getProperty("update.docs") != null) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
