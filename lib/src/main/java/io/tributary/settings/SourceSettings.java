package io.tributary.settings;

import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.MappingShape;
import io.tributary.model.EntityKind;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One object of one CRM, read from extracts.
 *
 * @param name unique among the sources
 * @param crm the CRM's name: records of one CRM refer to each other by id
 * @param object what the CRM calls it
 * @param path a file, a folder, a glob or a Delta table; {@code {date}} stands for the interval's date
 * @param encoding character set of text formats
 * @param delimiter one character for CSV; empty means: found out from the header
 * @param records dotted path of the list of records inside a JSON document; empty for the top
 * @param full whether an extract holds the whole object
 * @param allowUnchanged whether an extract may be read twice
 * @param maxShrink the share, from 0 to 1, by which a full extract may shrink
 * @param maxRejects how many rows may be set aside
 * @param mapping what the columns mean; the columns that this source drops are among its {@code drop}
 */
public record SourceSettings(
        String name,
        String crm,
        CrmObject object,
        Format format,
        String path,
        String encoding,
        String delimiter,
        String records,
        boolean full,
        boolean allowUnchanged,
        double maxShrink,
        RejectLimit maxRejects,
        ColumnMapping mapping)
        implements Serializable {

    /** What a CRM keeps. */
    public enum CrmObject {
        CONTACT(EntityKind.PERSON),
        LEAD(EntityKind.PERSON),
        ACCOUNT(EntityKind.COMPANY);

        private final EntityKind entity;

        CrmObject(EntityKind entity) {
            this.entity = entity;
        }

        public EntityKind entity() {
            return entity;
        }

        /** The name used in settings and tables. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How an extract is written. */
    public enum Format {
        CSV,
        JSONL,
        JSON,
        PARQUET,
        DELTA
    }

    private static final String SHARE = "(100|[0-9]{1,2}(\\.[0-9]+)?)%";

    static final ObjectShape SHAPE = Shape.object("One object of one CRM, read from extracts.")
            .required("name", Shape.text(), "What messages call it; unique among the sources.")
            .optional(
                    "crm",
                    Shape.text(),
                    "The CRM's name; sources of one CRM refer to each other by record id. The source's name if absent.")
            .required("object", Shape.oneOf(CrmObject.class), "What a record is: contact and lead are persons.")
            .required("format", Shape.oneOf(Format.class), "How the extract is written; jsonl is one record a line.")
            .required(
                    "path",
                    Shape.text(),
                    "A file, folder or glob, or a Delta table; {date} stands for the date of the scheduler's interval.")
            .required(
                    "mapping",
                    Shape.either(Shape.text(), MappingShape.SHAPE),
                    "What the columns mean: the name of a file in conf/mappings, the path of another .yaml file, or the"
                            + " mapping itself.")
            .withDefault(
                    "kind",
                    Shape.oneOf("full", "incremental"),
                    "full",
                    "Whether an extract holds the whole object, or what changed.")
            .withDefault("encoding", Shape.text(), "UTF-8", "Character set of csv, jsonl and json.")
            .optional(
                    "delimiter",
                    Shape.matching(".|\\t", "one character"),
                    "Of csv; found out from the header if absent.")
            .optional("records-path", Shape.text(), "Of json: dotted path to the list of records; the top if absent.")
            .withDefault(
                    "max-rejects",
                    Shape.either(Shape.integer(0, Long.MAX_VALUE), Shape.matching(SHARE, "a share such as 5%")),
                    "5%",
                    "How many rows may be set aside, as a share or a number, before the run stops and nothing is spent.")
            .withDefault(
                    "max-shrink",
                    Shape.matching(SHARE, "a share such as 50%"),
                    "50%",
                    "By how much a full extract may be smaller than the one before.")
            .withDefault(
                    "allow-unchanged",
                    Shape.flag(),
                    "false",
                    "Whether the same extract may be read twice; it is said aloud.")
            .withDefault(
                    "drop",
                    Shape.list(Shape.text()),
                    "[]",
                    "Columns that must never leave the extract, besides those that the mapping drops.");

    public SourceSettings {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(maxRejects, "maxRejects");
        Objects.requireNonNull(mapping, "mapping");
        if (name.isBlank() || crm.isBlank() || path.isBlank()) {
            throw new IllegalArgumentException("a source needs a name, a CRM and a path");
        }
        if (!(maxShrink >= 0 && maxShrink <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1");
        }
        if (mapping.entity() != object.entity()) {
            throw new IllegalArgumentException("the mapping is for another entity than the object");
        }
    }

    static void check(Tree tree, Faults faults) {
        String format = tree.find("format").map(Tree::text).orElse("");
        onlyFor(tree, "delimiter", List.of("csv"), format, faults);
        onlyFor(tree, "records-path", List.of("json"), format, faults);
        tree.find("encoding")
                .filter(encoding -> encoding.isWritten())
                .ifPresent(encoding -> onlyFor(tree, "encoding", List.of("csv", "jsonl", "json"), format, faults));
        tree.find("encoding")
                .filter(encoding -> !isCharset(encoding.text()))
                .ifPresent(encoding -> faults.add(encoding.fault(
                        '"' + encoding.text() + "\" is not a character set; write UTF-8, ISO-8859-1 or windows-1252")));
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static void onlyFor(Tree tree, String key, List<String> formats, String format, Faults faults) {
        tree.find(key)
                .filter(setting -> !format.isEmpty() && !formats.contains(format))
                .ifPresent(setting -> faults.add(setting.fault("means something only for " + String.join(", ", formats)
                        + "; remove it or change the format")));
    }

    static SourceSettings of(Tree tree, ColumnMapping mapping, Places places) {
        return new SourceSettings(
                tree.text("name"),
                tree.find("crm").map(Tree::text).orElse(tree.text("name")),
                CrmObject.valueOf(constant(tree.text("object"))),
                Format.valueOf(constant(tree.text("format"))),
                LakeSettings.isName(tree.text("path")) && tree.text("format").equals("delta")
                        ? tree.text("path")
                        : places.resolve(tree.at("path")),
                tree.text("encoding"),
                tree.find("delimiter").map(Tree::text).orElse(""),
                tree.find("records-path").map(Tree::text).orElse(""),
                tree.text("kind").equals("full"),
                tree.flag("allow-unchanged"),
                share(tree.text("max-shrink")),
                rejects(tree.text("max-rejects")),
                mapping.alsoDropping(tree.texts("drop")));
    }

    private static RejectLimit rejects(String text) {
        return text.endsWith("%") ? new RejectLimit.Share(share(text)) : new RejectLimit.Count(Long.parseLong(text));
    }

    private static double share(String percent) {
        return new BigDecimal(percent.substring(0, percent.length() - 1))
                .movePointLeft(2)
                .doubleValue();
    }

    static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
