package io.tributary.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class JobsArchitectureTest {
    @ArchTest
    static final ArchRule arrowsGoOneWay = slices().matching("io.tributary.jobs.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a step that knows its caller can't be tested or run alone");

    @ArchTest
    static final ArchRule stepsDoNotKnowTheRun = noClasses()
            .that()
            .resideInAnyPackage(
                    "..jobs.read..",
                    "..jobs.plan..",
                    "..jobs.ask..",
                    "..jobs.harvest..",
                    "..jobs.golden..",
                    "..jobs.journal..",
                    "..jobs.table..",
                    "..jobs.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..jobs.run..", "..jobs.cli..", "..jobs.demo..")
            .because("only a run and the command line string steps together");

    @ArchTest
    static final ArchRule theSandboxStaysOutside = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.sandbox..")
            .because("a simulator must not ship inside the job jar");
}
