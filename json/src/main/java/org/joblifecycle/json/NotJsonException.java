package org.joblifecycle.json;

import java.io.IOException;

/** Thrown where an input is plainly no JSON. Its message says what it looks like and what to ask for. */
public final class NotJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    private NotJsonException(String message) {
        super(message);
    }

    static NotJsonException utf16() {
        return new NotJsonException(
                "it looks like UTF-16, as Windows PowerShell writes files: write it in UTF-8, such as with"
                        + " | Out-File -Encoding utf8");
    }

    static NotJsonException yaml() {
        return new NotJsonException(
                "it looks like YAML, which gcloud prints by default: ask for JSON with --format=json");
    }
}
