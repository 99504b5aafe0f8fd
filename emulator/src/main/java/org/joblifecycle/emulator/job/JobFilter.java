package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.JobFields;
import org.joblifecycle.emulator.api.Wildcard;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list call: comparisons joined by AND, OR, NOT and parentheses, as in {@code state!=JOB_STATE_FAILED AND
 * labels.team="ml"}. As in Google's language of filters, OR binds more tightly than AND.
 */
final class JobFilter {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\()|(\\))|(!=|<=|>=|=|<|>|:)|(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|([^\\s()!=<>:\"']+))");
    private static final List<String> FIELDS = List.of(
            "name",
            "display_name",
            "tuned_model_display_name",
            "model_display_name",
            "base_model",
            "model",
            "state",
            "job_state",
            "create_time",
            "start_time",
            "end_time",
            "update_time");
    private static final List<String> TEXT_OPERATORS = List.of("=", "!=", ":");
    private static final List<String> TIME_OPERATORS = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final int MOST_LEVELS = 100;

    private final String text;
    private final Matcher tokens;
    private @Nullable String token;
    private int start;
    private int end;
    private int levels;

    private JobFilter(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
        next();
    }

    /**
     * Reads a filter.
     *
     * @param text the filter; all jobs pass if it is empty
     * @throws ApiException INVALID_ARGUMENT, if it cannot be understood; says what was not
     */
    static Predicate<JsonNode> of(String text) {
        if (text.isBlank()) {
            return job -> true;
        }
        JobFilter filter = new JobFilter(text);
        Predicate<JsonNode> result = filter.and();
        if (filter.token != null) {
            throw filter.fault("AND, OR or the end");
        }
        return result;
    }

    private ApiException fault(String expected) {
        String found = token == null ? "its end" : token;
        return ApiException.invalid(
                "filter", "\"" + text + "\" is not understood at " + found + " (" + start + "): expected " + expected);
    }

    private void next() {
        start = end;
        if (text.substring(end).isBlank()) {
            token = null;
            return;
        }
        tokens.region(end, text.length());
        if (!tokens.lookingAt()) {
            token = text.substring(end).strip();
            throw fault("a field, an operator, a value or a parenthesis");
        }
        end = tokens.end();
        token = tokens.group().strip();
    }

    private boolean is(String keyword) {
        return keyword.equals(token);
    }

    private Predicate<JsonNode> and() {
        Predicate<JsonNode> result = or();
        while (is("AND") || (token != null && !is(")") && !is("OR"))) {
            if (is("AND")) {
                next();
            }
            result = result.and(or());
        }
        return result;
    }

    private Predicate<JsonNode> or() {
        Predicate<JsonNode> result = not();
        while (is("OR")) {
            next();
            result = result.or(not());
        }
        return result;
    }

    private Predicate<JsonNode> not() {
        boolean isNegated = is("NOT") || is("-");
        if (!isNegated && !is("(")) {
            return comparison();
        }
        if (++levels > MOST_LEVELS) {
            throw fault("at most " + MOST_LEVELS + " levels");
        }
        next();
        Predicate<JsonNode> result = isNegated ? not().negate() : and();
        if (!isNegated) {
            if (!is(")")) {
                throw fault(")");
            }
            next();
        }
        levels--;
        return result;
    }

    private Predicate<JsonNode> comparison() {
        String field = token;
        if (field == null || !isField(field)) {
            throw fault("a field: " + String.join(", ", FIELDS) + " or labels.KEY");
        }
        next();
        boolean isTime = field.endsWith("_time") || field.endsWith("Time");
        String operator = token;
        List<String> operators = isTime ? TIME_OPERATORS : TEXT_OPERATORS;
        if (operator == null || !operators.contains(operator)) {
            throw fault("one of " + String.join(" ", operators) + " for " + field);
        }
        next();
        if (token == null || is("(") || is(")")) {
            throw fault("a value");
        }
        String value = unquoted(token);
        Predicate<JsonNode> result = isTime ? time(field, operator, value) : text(field, operator, value);
        next();
        return result;
    }

    private static boolean isField(String field) {
        return FIELDS.contains(field)
                || FIELDS.contains(snake(field))
                || (field.startsWith("labels.") && field.length() > "labels.".length());
    }

    private static String snake(String field) {
        return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String token) {
        boolean isQuoted = token.startsWith("\"") || token.startsWith("'");
        return isQuoted ? token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1") : token;
    }

    private static JsonNode value(JsonNode job, String field) {
        if (field.startsWith("labels.")) {
            return job.path("labels").path(field.substring("labels.".length()));
        }
        String json = camel(snake(field));
        return switch (json) {
            case "displayName" -> JobFields.displayName(job);
            case "state", "jobState" -> JobFields.state(job);
            default -> job.path(json);
        };
    }

    static String camel(String field) {
        Matcher matcher = Pattern.compile("_([a-z])").matcher(field);
        return matcher.replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static Predicate<JsonNode> text(String field, String operator, String value) {
        if (operator.equals(":")) {
            return job -> {
                JsonNode found = value(job, field);
                return value.equals("*")
                        ? !found.isMissingNode()
                        : found.asText().contains(value);
            };
        }
        Predicate<JsonNode> equal =
                job -> Wildcard.matches(value, value(job, field).asText());
        return operator.equals("=") ? equal : equal.negate();
    }

    private Predicate<JsonNode> time(String field, String operator, String value) {
        Instant limit;
        try {
            limit = Instant.parse(value);
        } catch (DateTimeException e) {
            throw fault("a time like 2026-01-01T00:00:00Z");
        }
        return job -> {
            String found = value(job, field).asText();
            if (found.isEmpty()) {
                return false;
            }
            int order = Instant.parse(found).compareTo(limit);
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                default -> order >= 0;
            };
        };
    }
}
