package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.StoppedException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class AskStepTest {
    private static SparkConf conf(String master, String... settings) {
        SparkConf conf = new SparkConf(false).set("spark.master", master);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return conf;
    }

    private static int most(String master, String... settings) {
        return AskStep.mostExecutors(conf(master, settings));
    }

    private static void refuses(String advice, String master, String... settings) {
        StoppedException refusal = assertThrows(StoppedException.class, () -> most(master, settings));
        assertTrue(refusal.getMessage().contains("Set " + advice), refusal.getMessage());
    }

    @Test
    void aLocalMasterIsOneExecutor() {
        assertEquals(1, AskStep.mostExecutors(new SparkConf(false)));
        assertEquals(1, most("local"));
        assertEquals(1, most("local[*]"));
        assertEquals(1, most("local[4,2]", "spark.executor.instances", "9"));
    }

    @Test
    void aStandaloneMasterIsBoundedByItsCoresAndNotByInstances() {
        String[] cores = {"spark.cores.max", "7", "spark.executor.cores", "2", "spark.executor.instances", "1"};
        assertEquals(3, most("spark://a:7077,b:7077", cores));
        assertEquals(3, most("local-cluster[4,2,1024]", cores));
    }

    @Test
    void refusesAStandaloneMasterWithInstancesAlone() {
        refuses("spark.cores.max and spark.executor.cores", "spark://a:7077", "spark.executor.instances", "2");
        refuses("spark.cores.max and spark.executor.cores", "spark://a:7077", "spark.cores.max", "4");
        refuses("spark.cores.max and spark.executor.cores", "local-cluster[2,1,1024]", "spark.executor.instances", "1");
    }

    @Test
    void otherMastersAreBoundedByInstancesAndNotByCores() {
        assertEquals(5, most("yarn", "spark.executor.instances", "5"));
        assertEquals(6, most("k8s://https://a", "spark.executor.instances", "6"));
        refuses("spark.executor.instances", "yarn", "spark.cores.max", "4", "spark.executor.cores", "1");
    }

    @Test
    void dynamicAllocationNeedsAnUpperBound() {
        refuses(
                "spark.dynamicAllocation.maxExecutors",
                "yarn",
                "spark.dynamicAllocation.enabled",
                "true",
                "spark.executor.instances",
                "2");
        assertEquals(
                8,
                most(
                        "spark://a:7077",
                        "spark.dynamicAllocation.enabled",
                        "true",
                        "spark.dynamicAllocation.maxExecutors",
                        "8"));
    }

    @Test
    void refusesSpeculation() {
        AskStep.refuseSpeculation(conf("yarn"));
        AskStep.refuseSpeculation(conf("yarn", "spark.speculation", "false"));
        assertThrows(
                StoppedException.class, () -> AskStep.refuseSpeculation(conf("yarn", "spark.speculation", "true")));
    }
}
