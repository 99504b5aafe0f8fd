package org.joblifecycle.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types of the elements of our streams. */
final class FormatTypes {
    static final TypeInformation<JobRecord> RECORD = new FormatType<>(new RecordFormat());
    static final TypeInformation<JobFinding> FINDING = new FormatType<>(new FindingFormat());
    static final TypeInformation<Baseline> BASELINE = new FormatType<>(new BaselineFormat());
    static final TypeInformation<Counted> COUNTED = new FormatType<>(new CountedFormat());

    private FormatTypes() {}

    /** By which Flink finds how records are written. */
    public static final class OfRecords extends TypeInfoFactory<JobRecord> {
        @Override
        public TypeInformation<JobRecord> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return RECORD;
        }
    }

    /** By which Flink finds how findings are written. */
    public static final class OfFindings extends TypeInfoFactory<JobFinding> {
        @Override
        public TypeInformation<JobFinding> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return FINDING;
        }
    }
}
