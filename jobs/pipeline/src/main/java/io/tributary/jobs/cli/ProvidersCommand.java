package io.tributary.jobs.cli;

import picocli.CommandLine.Command;

/** {@code tributary providers}. */
@Command(
        name = "providers",
        description = "What is known of the providers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProviderCheckCommand.class, ProviderKeysCommand.class, ProviderRecordCommand.class})
final class ProvidersCommand {}
