package org.joblifecycle.emulator.command;

import org.joblifecycle.emulator.VertexEmulator;

/** What the command prints when it is ready: the addresses, and how each client is pointed at them. */
final class Greeting {
    private Greeting() {}

    static String of(VertexEmulator emulator) {
        return """
                REST  %1$s
                gRPC  %2$s (plaintext)

                google-genai, Java:     HttpOptions.builder().baseUrl("%1$s"), or GOOGLE_VERTEX_BASE_URL=%1$s
                @google/genai, Node.js: new GoogleGenAI({vertexai: true, httpOptions: {baseUrl: "%1$s"}, ...})
                google-cloud-aiplatform, Java: setEndpoint("%2$s") and usePlaintext
                gcloud: CLOUDSDK_API_ENDPOINT_OVERRIDES_AIPLATFORM=%1$s/ CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true
                in a browser: %1$s
                """.formatted(emulator.restUrl(), emulator.grpcTarget());
    }
}
