package io.tributary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the design. */
@AnalyzeClasses(packages = "io.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modelDependsOnNothing = classes()
            .that()
            .resideInAPackage("io.tributary.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tributary.model..", "java..")
            .because("everything speaks the model, so a library in it would be a library everywhere");

    @ArchTest
    static final ArchRule identityIsPure = classes()
            .that()
            .resideInAPackage("io.tributary.identity..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.identity..", "io.tributary.model..", "com.google.i18n.phonenumbers..", "java..")
            .because("a key must come out the same wherever it is made, and phone numbers are the one thing that"
                    + " somebody else knows better");

    @ArchTest
    static final ArchRule orderIsArithmetic = classes()
            .that()
            .resideInAPackage("io.tributary.order..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tributary.order..", "io.tributary.model..", "com.google.common.hash..", "java..")
            .because("an order follows from counts alone, so a plan can be explained and made again");

    @ArchTest
    static final ArchRule noSparkInTheLibrary = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..")
            .because("a small service embeds the library without a cluster");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.tributary.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be understood, tested and changed together");

    @ArchTest
    static final ArchRule theCallerUsesOnlyWhatItOrchestrates = noClasses()
            .that()
            .resideInAPackage("io.tributary.call..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.tributary..")
                    .and(resideOutsideOfPackages(
                            "io.tributary.call..",
                            "io.tributary.provider..",
                            "io.tributary.quota..",
                            "io.tributary.journal..",
                            "io.tributary.model..",
                            "io.tributary.wanted..",
                            "io.tributary.identity..")))
            .because("what becomes of an answer is decided later, from the journal; the caller looks at one only to"
                    + " know whether the next provider is needed");

    @ArchTest
    static final ArchRule nothingUsesTheCaller = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.call..", "io.tributary.credential..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.call..")
            .because("calls spend money, so inside the library only the caller's own entry points may start one;"
                    + " a token is asked for over the same connections");

    @ArchTest
    static final ArchRule nobodyReadsTheWallClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("arithmetic is told the time, so that hours of quota can be tested in a millisecond;"
                    + " wiring passes a clock in");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .because("a sleeping thread holds a task slot and cannot be tested: schedule instead");
}
