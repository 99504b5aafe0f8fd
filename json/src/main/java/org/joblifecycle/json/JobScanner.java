package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Names.Name;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs straight from the bytes of their lines, as long as these are what the API prints: objects in ASCII without
 * escapes and not too deep, with a name, a state by its name, times that are some, an error with a code of few digits. It is sure of
 * what it answers, down to the grammar of the fields that are passed over; whatever else it meets, faults too, it leaves to
 * {@link JobReader}, which reads every line as this one does, slowly.
 *
 * <p>Each line must end with LF. When something is unusual, methods answer the index {@link #nowhere}, where a LF stands that
 * is no end of a line: as nothing that is looked for is a LF, they go no further.
 */
final class JobScanner {
    /** How many bytes there must be behind the lines: one that ends the last line, and as many as are looked at in one go. */
    static final int SLACK = 1 + Long.BYTES;

    /** As many objects and arrays as there are bits in a long, see {@link #value}. */
    private static final int DEEPEST = Long.SIZE;

    private static final int MOST_DIGITS = 9;

    /** The keys of all fields, each of which has a slot: its index here. */
    private static final List<String> FIELDS = List.copyOf(JobReader.KEYS);

    private static final int CODE = FIELDS.size();
    private static final int MESSAGE = CODE + 1;
    static final List<String> KEYS = Stream.concat(FIELDS.stream(), Stream.of(JobReader.CODE, JobReader.MESSAGE))
            .toList();
    private static final int NAME = slot(JobField.NAME, JobKind.TUNING_JOB);
    private static final int NONE = Keys.UNWANTED;
    private static final Map<JobKind, Slots> SLOTS = new EnumMap<>(JobKind.class);
    private static final boolean[] IS_ERROR = new boolean[FIELDS.size()];

    static {
        for (JobKind kind : JobKind.values()) {
            Slots slots = Slots.of(kind);
            SLOTS.put(kind, slots);
            IS_ERROR[slots.error] = true;
        }
    }

    /** The slots of the fields of a kind. */
    private record Slots(int state, int createTime, int startTime, int endTime, int updateTime, int error) {
        static Slots of(JobKind kind) {
            return new Slots(
                    slot(JobField.STATE, kind),
                    slot(JobField.CREATE_TIME, kind),
                    slot(JobField.START_TIME, kind),
                    slot(JobField.END_TIME, kind),
                    slot(JobField.UPDATE_TIME, kind),
                    slot(JobField.ERROR, kind));
        }
    }

    private static int slot(JobField field, JobKind kind) {
        return FIELDS.indexOf(field.wireName(kind));
    }

    private final byte[] bytes;
    private final Names names;
    private final Keys keys;
    private final int nowhere;
    private int end;

    /** The key that was read last. */
    private Keys.Key key;

    /** Whether all times that were looked at are some. */
    private boolean areTimes;

    /** Where the text of each key begins and ends, or the message of an error; it begins nowhere if there is none. */
    private final int[] from = new int[FIELDS.size()];

    private final int[] to = new int[FIELDS.size()];
    private final int[] code = new int[FIELDS.size()];

    /** A scanner of lines in these bytes, with slack behind them. */
    JobScanner(byte[] bytes, Names names, Keys keys) {
        this.bytes = bytes;
        this.names = names;
        this.keys = keys;
        this.key = keys.first();
        this.nowhere = bytes.length - 1;
        bytes[nowhere] = '\n';
    }

    /** The index of the LF behind the job that was read last. */
    int end() {
        return end;
    }

    /**
     * Reads a job.
     *
     * @param at where it begins, behind the white space at the start of its line
     * @return null if there is something unusual about its line
     */
    @Nullable
    JobSnapshot read(int at) {
        Arrays.fill(from, nowhere);
        end = skipSpace(job(at));
        return bytes[end] == '\n' && end != nowhere ? snapshot() : null;
    }

    private @Nullable JobSnapshot snapshot() {
        if (from[NAME] == nowhere || from[NAME] == to[NAME]) {
            return null;
        }
        Name name = names.get(bytes, from[NAME], to[NAME]);
        Slots slots = requireNonNull(SLOTS.get(name.kind));
        JobState state = States.get(bytes, from[slots.state], to[slots.state]);
        areTimes = true;
        Instant createTime = time(slots.createTime);
        Instant startTime = time(slots.startTime);
        Instant endTime = time(slots.endTime);
        Instant updateTime = time(slots.updateTime);
        if (state == null || !areTimes) {
            return null;
        }
        return JobSnapshot.of(name.text, state)
                .withCreateTime(createTime)
                .withStartTime(startTime)
                .withEndTime(endTime)
                .withUpdateTime(updateTime)
                .withError(from[slots.error] == nowhere ? null : new JobError(code[slots.error], text(slots.error)));
    }

    private String text(int slot) {
        return new String(bytes, from[slot], to[slot] - from[slot], ISO_8859_1);
    }

    private @Nullable Instant time(int slot) {
        if (from[slot] == nowhere) {
            return null;
        }
        Instant time = Rfc3339.parse(bytes, from[slot], to[slot]);
        areTimes &= time != null;
        return time;
    }

    // What follows takes the index at which something is to stand, and answers the one behind it.

    private int job(int at) {
        return bytes[at] == '{' ? members(at, NONE) : nowhere;
    }

    /**
     * Reads the object of a job or of its error.
     *
     * @param error the slot of the error that it is; NONE if it is the job
     */
    private int members(int at, int error) {
        int i = skipSpace(at + 1);
        if (bytes[i] == '}') {
            return i + 1;
        }
        while (true) {
            i = keyAndColon(i);
            i = skipSpace(error == NONE ? field(i) : errorPart(i, error));
            if (bytes[i] != ',') {
                return bytes[i] == '}' ? i + 1 : nowhere;
            }
            i = skipSpace(i + 1);
        }
    }

    /** Reads a key, which is {@link #key} then, and goes to its value. */
    private int keyAndColon(int at) {
        int i = skipSpace(key(at));
        return bytes[i] == ':' ? skipSpace(i + 1) : nowhere;
    }

    /** Reads a key, which is {@link #key} then. */
    private int key(int at) {
        Keys.Key expected = key.next;
        if (expected.isAt(bytes, at)) {
            key = expected;
            return at + expected.length;
        }
        int end = string(at);
        if (end != nowhere) {
            Keys.Key found = keys.get(bytes, at, end);
            key.next = found;
            key = found;
        }
        return end;
    }

    /** Reads the value of the key that was read last, in a job. */
    private int field(int at) {
        int slot = key.index;
        if (slot == NONE || slot >= FIELDS.size()) {
            return value(at, 1);
        }
        if (bytes[at] == 'n') {
            from[slot] = nowhere;
            return literal(at, "null");
        }
        if (IS_ERROR[slot]) {
            from[slot] = at;
            to[slot] = at;
            code[slot] = 0;
            return bytes[at] == '{' ? members(at, slot) : nowhere;
        }
        return text(at, slot);
    }

    /** Reads the value of the key that was read last, in an error. */
    private int errorPart(int at, int error) {
        return key.index == CODE ? code(at, error) : key.index == MESSAGE ? text(at, error) : value(at, 2);
    }

    private int text(int at, int slot) {
        int end = string(at);
        from[slot] = at + 1;
        to[slot] = end - 1;
        return end;
    }

    private int code(int at, int slot) {
        int digits = bytes[at] == '-' ? at + 1 : at;
        int end = digits;
        int number = 0;
        while (isDigit(end)) {
            number = number * 10 + (bytes[end] - '0');
            end++;
        }
        code[slot] = digits == at ? number : -number;
        return end - digits <= MOST_DIGITS && end == number(at) ? end : nowhere;
    }

    /**
     * Passes over a value.
     *
     * @param level how many objects and arrays it is in
     */
    private int value(int at, int level) {
        int i = at;
        int depth = 0; // of objects and arrays that are open
        long objects = 0; // a bit for each of them, the lowest for the innermost
        while (true) {
            byte first = bytes[i];
            if (first == '{' || first == '[') {
                if (level + depth == DEEPEST) {
                    return nowhere;
                }
                i = skipSpace(i + 1);
                if (bytes[i] != first + 2) { // which closes it
                    depth++;
                    objects = objects << 1 | (first == '{' ? 1 : 0);
                    i = first == '{' ? keyAndColon(i) : i;
                    continue;
                }
                i++;
            } else {
                i = scalar(i);
            }
            while (depth > 0) {
                i = skipSpace(i);
                boolean isObject = (objects & 1) != 0;
                if (bytes[i] == ',') {
                    i = skipSpace(i + 1);
                    i = isObject ? keyAndColon(i) : i;
                    break;
                }
                if (bytes[i] != (isObject ? '}' : ']')) {
                    return nowhere;
                }
                i++;
                depth--;
                objects >>>= 1;
            }
            if (depth == 0) {
                return i;
            }
        }
    }

    private int scalar(int at) {
        return switch (bytes[at]) {
            case '"' -> string(at);
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> number(at);
        };
    }

    private int literal(int at, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (bytes[at + i] != literal.charAt(i)) {
                return nowhere;
            }
        }
        return at + literal.length();
    }

    private int number(int at) {
        int i = bytes[at] == '-' ? at + 1 : at;
        int end = bytes[i] == '0' ? i + 1 : digits(i);
        if (bytes[end] == '.') {
            end = digits(end + 1);
        }
        if (bytes[end] == 'e' || bytes[end] == 'E') {
            end++;
            end = digits(bytes[end] == '+' || bytes[end] == '-' ? end + 1 : end);
        }
        return end;
    }

    /** One digit or more. */
    private int digits(int at) {
        int i = at;
        while (isDigit(i)) {
            i++;
        }
        return i == at ? nowhere : i;
    }

    private boolean isDigit(int at) {
        return ((bytes[at] - '0') & 0xFF) <= 9;
    }

    /** A string in ASCII without escapes. */
    private int string(int at) {
        if (bytes[at] != '"') {
            return nowhere;
        }
        int i = at + 1;
        while (true) {
            long eight = EightBytes.at(bytes, i);
            long quotesToSpaces = eight ^ EightBytes.eachByte('"' ^ ' ');
            long backslashesToZeros = eight ^ EightBytes.eachByte('\\');
            // The lowest bit that is set is that of the first byte that is no character for itself; higher ones may
            // err.
            long ends = ((quotesToSpaces - EightBytes.eachByte(' ' + 1))
                            | ((backslashesToZeros - EightBytes.eachByte(1)) & ~backslashesToZeros)
                            | eight)
                    & EightBytes.HIGH_BITS;
            if (ends != 0) {
                i += Long.numberOfTrailingZeros(ends) / Byte.SIZE;
                return bytes[i] == '"' ? i + 1 : nowhere;
            }
            i += Long.BYTES;
        }
    }

    /** The first index from this one on at which something else than white space within a line stands. */
    int skipSpace(int at) {
        int i = at;
        while (bytes[i] <= ' ' && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
            i++;
        }
        return i;
    }
}
