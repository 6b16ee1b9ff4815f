package io.tributary.jobs.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Tributary.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"tributary " + version};
    }
}
