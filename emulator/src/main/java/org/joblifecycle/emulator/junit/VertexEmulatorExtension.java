package org.joblifecycle.emulator.junit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.joblifecycle.emulator.VertexEmulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An emulator for the tests of a class: in a static field it is started before the first of them, and reset before each; in
 * another field each test has its own. It is closed afterwards.
 *
 * <pre>{@code
 * @RegisterExtension
 * static VertexEmulatorExtension emulator = VertexEmulatorExtension.of(VertexEmulator.configure().manualClock(noon));
 *
 * @Test
 * void aJobIsRetried(VertexEmulator emulator) { ... }
 * }</pre>
 */
public final class VertexEmulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final VertexEmulator.Settings settings;
    private @Nullable VertexEmulator emulator;
    private boolean isShared;

    private VertexEmulatorExtension(VertexEmulator.Settings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /** One with these settings. */
    public static VertexEmulatorExtension of(VertexEmulator.Settings settings) {
        return new VertexEmulatorExtension(settings);
    }

    /**
     * The emulator of the test that runs.
     *
     * @throws IllegalStateException if it is not started: before the tests, or after them
     */
    public VertexEmulator get() {
        if (emulator == null) {
            throw new IllegalStateException(
                    "the emulator is not started: it runs during tests, and needs @RegisterExtension");
        }
        return emulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        isShared = true;
        emulator = settings.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (emulator == null) {
            emulator = settings.start();
        } else {
            emulator.reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!isShared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        if (emulator != null) {
            emulator.close();
            emulator = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == VertexEmulator.class;
    }

    @Override
    public VertexEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return get();
    }
}
