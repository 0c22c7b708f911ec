package dev.pixelprobe.pipeline.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What works on this machine. */
@Command(
    name = "doctor",
    description = {
      "Show what works on this machine, what is missing, and what to do.",
      "Exit code 3 if something fails that a run needs."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int ENVIRONMENT = 3;

  @ParentCommand private Main main;

  @Option(
      names = "--flink",
      paramLabel = "HOST:PORT",
      description = "also ask this cluster's REST interface; default that of -- --flinkMaster=")
  private @Nullable String flink;

  @Override
  public Integer call() {
    Optional<String> cluster =
        Optional.ofNullable(flink).or(() -> FlinkCheck.addressIn(main.invocation().beam()));
    Supplier<Finding> flinkCheck =
        () -> cluster.map(FlinkCheck::of).orElseGet(FlinkCheck::embedded);
    List<Supplier<Finding>> checks =
        List.of(
            MachineChecks::java,
            MachineChecks::memory,
            DiskChecks::cache,
            DiskChecks::temporary,
            DiskChecks::here,
            MachineChecks::cpu,
            NativeChecks::tensorFlow,
            NativeChecks::openBlas,
            GpuChecks::gpu,
            GpuChecks::libraries,
            flinkCheck,
            GoogleAccess::ofThisMachine);
    cluster.ifPresent(FlinkCheck::checkAddress);
    boolean failed = false;
    for (Supplier<Finding> check : checks) {
      Finding finding = check.get();
      System.out.println(finding.line());
      failed |= finding.status() == Finding.Status.FAIL;
    }
    return failed ? ENVIRONMENT : 0;
  }
}
