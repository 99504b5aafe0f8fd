package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.fast.Names.Name;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs straight from their bytes, as long as they are what the REST API prints: objects in ASCII without escapes and
 * at most 64 levels deep, with a name, a state by its name, valid times, and an error code of at most nine digits. The keys may
 * be JSON names or proto names. What it answers is certain, because it also checks the grammar of the fields that it skips. A
 * job that is anything else, or faulty, it refuses without a reason: then the slow reader reads it.
 *
 * <p>Behind each job there must be a byte that no method expects: LF where a job is a line, NUL where it may have several lines.
 * Methods that refuse answer the index {@link #nowhere}. At that index is such a byte too, so whatever reads on from there
 * refuses as well.
 */
final class JobScanner {
    /** How many bytes there must be behind the jobs: one for {@link #nowhere}, and as many as are read at a time. */
    static final int SLACK = 1 + Long.BYTES;

    private static final byte NUL = 0;
    private static final byte LINE_END = '\n';

    /** How many levels of objects and arrays it reads: as many as a long has bits, see {@link #value}. */
    private static final int DEEPEST = Long.SIZE;

    private static final int MOST_DIGITS = 9;

    /** The JSON names of all fields of all kinds. The index of a name is its slot in the arrays below. */
    private static final List<String> FIELDS = Arrays.stream(JobKind.values())
            .flatMap(kind -> Arrays.stream(JobField.values()).map(field -> field.wireName(kind)))
            .distinct()
            .toList();

    private static final int CODE = FIELDS.size();
    private static final int MESSAGE = CODE + 1;

    /** The keys that {@link Keys} has to know, those of fields and those of the parts of an error, with their slots. */
    static final Map<String, Integer> KEYS = keys();

    private static Map<String, Integer> keys() {
        Map<String, Integer> keys = new HashMap<>();
        for (JobKind kind : JobKind.values()) {
            for (JobField field : JobField.values()) {
                keys.put(field.wireName(kind), slot(field, kind));
                keys.put(field.protoName(kind), slot(field, kind));
            }
        }
        keys.put("code", CODE);
        keys.put("message", MESSAGE);
        return keys;
    }

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
    private final boolean acrossLines;
    private final int nowhere;
    private int end;

    /** How many line ends there are in the job that was read last, and the index of the last of them. */
    private int lineEnds;

    private int lastLineEnd;

    private JobKind kind = JobKind.TUNING_JOB;

    /** The key that was read last. */
    private Keys.Key key;

    /** Whether all times that were read so far are valid. */
    private boolean areTimes;

    /** By slot: where a text begins and ends, or the message of an error. It begins nowhere if the field is absent. */
    private final int[] from = new int[FIELDS.size()];

    private final int[] to = new int[FIELDS.size()];
    private final int[] code = new int[FIELDS.size()];

    private JobScanner(byte[] bytes, Names names, Keys keys, boolean acrossLines) {
        this.bytes = bytes;
        this.names = names;
        this.keys = keys;
        this.acrossLines = acrossLines;
        this.key = keys.first();
        this.nowhere = bytes.length - 1;
        bytes[nowhere] = acrossLines ? NUL : LINE_END;
    }

    /** A scanner of lines in these bytes, with slack behind them. */
    static JobScanner ofLines(byte[] bytes, Names names, Keys keys) {
        return new JobScanner(bytes, names, keys, false);
    }

    /** A scanner of jobs in these bytes, each over as many lines as it likes, with slack behind them. */
    static JobScanner ofObjects(byte[] bytes, Names names, Keys keys) {
        return new JobScanner(bytes, names, keys, true);
    }

    /** The kind of the job that was read last. */
    JobKind kind() {
        return kind;
    }

    /** The index behind the job that was read last: of its LF, if it is a line. */
    int end() {
        return end;
    }

    int lineEnds() {
        return lineEnds;
    }

    int lastLineEnd() {
        return lastLineEnd;
    }

    /**
     * Reads a job that is a line.
     *
     * @param at where it begins, behind the white space at the start of its line
     * @return null if it refuses the line
     */
    @Nullable
    JobSnapshot read(int at) {
        Arrays.fill(from, nowhere);
        end = skipSpace(job(at));
        return bytes[end] == '\n' && end != nowhere ? snapshot() : null;
    }

    /**
     * Reads a job, whatever follows it.
     *
     * @param at where it begins
     * @param limit where nothing is known any more
     * @return null if it refuses the job
     */
    @Nullable
    JobSnapshot read(int at, int limit) {
        bytes[limit] = NUL;
        Arrays.fill(from, nowhere);
        lineEnds = 0;
        end = job(at);
        return end != nowhere ? snapshot() : null;
    }

    private @Nullable JobSnapshot snapshot() {
        if (from[NAME] == nowhere || from[NAME] == to[NAME]) {
            return null;
        }
        Name name = names.get(bytes, from[NAME], to[NAME]);
        kind = name.kind;
        Slots slots = requireNonNull(SLOTS.get(kind));
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
        Instant time = TimeScanner.parse(bytes, from[slot], to[slot]);
        areTimes &= time != null;
        return time;
    }

    // The methods that follow take the index at which something must begin, and answer the index behind it.

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

    /** Reads the value of the last key, in a job. */
    private int field(int at) {
        int slot = key.slot;
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

    /** Reads the value of the last key, in an error. */
    private int errorPart(int at, int error) {
        return key.slot == CODE ? code(at, error) : key.slot == MESSAGE ? text(at, error) : value(at, 2);
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
     * Skips a value.
     *
     * @param level how many objects and arrays contain it
     */
    private int value(int at, int level) {
        int i = at;
        int depth = 0; // how many objects and arrays within it are open
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
            // The lowest bit that is set belongs to the first byte that is a quote, a backslash, a control character or
            // not
            // ASCII. Bits above it may be wrong.
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

    /** The first index, from this one on, that has no white space: at a line end, unless jobs have several lines. */
    int skipSpace(int at) {
        int i = at;
        while (bytes[i] <= ' ') {
            byte next = bytes[i];
            if (next == ' ' || next == '\t' || next == '\r') {
                i++;
            } else if (next == '\n' && acrossLines) {
                lineEnds++;
                lastLineEnd = i;
                i = skipIndent(i + 1);
            } else {
                return i;
            }
        }
        return i;
    }

    private int skipIndent(int at) {
        int i = at;
        long others = EightBytes.at(bytes, i) ^ EightBytes.eachByte(' '); // zeros where there are spaces
        while (others == 0) {
            i += Long.BYTES;
            others = EightBytes.at(bytes, i) ^ EightBytes.eachByte(' ');
        }
        return i + Long.numberOfTrailingZeros(others) / Byte.SIZE;
    }
}
