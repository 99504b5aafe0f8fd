package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

// The programs of failures, compiled.
record CompiledPrograms(URLClassLoader loader) implements AutoCloseable {
    static CompiledPrograms of(Path folder, String parameter, List<String> programs) throws IOException {
        StringBuilder code = new StringBuilder("""
                import io.vavr.collection.LinkedHashMap;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.*;
                import org.joblifecycle.job.*;
                import org.joblifecycle.testkit.*;
                import org.joblifecycle.transition.JobEvent;
                import org.joblifecycle.tuning.*;

                public class Replay {
                """);
        for (int i = 0; i < programs.size(); i++) {
            code.append("public static void replay" + i + "(" + parameter + ") throws Exception {\n")
                    .append(programs.get(i))
                    .append("\n}\n");
        }
        code.append("}\n");
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Replay.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        StringWriter messages = new StringWriter();
        boolean isCompiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertTrue(isCompiled, messages::toString);
        return new CompiledPrograms(new URLClassLoader(new URL[] {folder.toUri().toURL()}));
    }

    <T> void run(int program, Class<T> type, T system) throws ReflectiveOperationException {
        loader.loadClass("Replay").getMethod("replay" + program, type).invoke(null, system);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
