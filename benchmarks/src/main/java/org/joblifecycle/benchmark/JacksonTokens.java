package org.joblifecycle.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.FileInputStream;
import java.io.IOException;

/** Jackson's streaming reader over a file, with nothing done about what it reads: the least that a program with it needs. */
public final class JacksonTokens {
    private JacksonTokens() {}

    /**
     * Prints how many tokens there are.
     *
     * @param args the file
     */
    public static void main(String[] args) throws IOException {
        long tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(new FileInputStream(args[0]))) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        System.out.println(tokens);
    }
}
