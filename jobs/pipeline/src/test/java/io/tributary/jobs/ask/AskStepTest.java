package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertThrows;

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

    @Test
    void refusesSpeculation() {
        AskStep.refuseSpeculation(conf("yarn"));
        AskStep.refuseSpeculation(conf("yarn", "spark.speculation", "false"));
        assertThrows(
                StoppedException.class, () -> AskStep.refuseSpeculation(conf("yarn", "spark.speculation", "true")));
    }
}
