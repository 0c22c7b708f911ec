package dev.pixelprobe.pipeline.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * terraform/schedule/run-benchmark.sh, with a kubectl and a gcloud that answer as a test wants and
 * write down what they were asked.
 */
final class BenchmarkScript {
  static final Path SCHEDULE = Path.of("../terraform/schedule");

  private static final String KUBECTL =
      """
      #!/usr/bin/env bash
      cd "${0%/*}/.."
      printf '%s\\n' "$*" >> calls
      case $3 in
        create) cat > manifest.yaml; exit "$(cat create-code)" ;;
        delete) exit "$(cat delete-code)" ;;
        get)
          head -n 1 statuses > status
          if (($(wc -l < statuses) > 1)); then sed -i 1d statuses; fi
          if [[ $(cat status) == none ]]; then exit 1; fi
          cat status ;;
      esac
      """;

  /** Finds the summary from the poll on that the test named. */
  private static final String GCLOUD =
      """
      #!/usr/bin/env bash
      cd "${0%/*}/.."
      printf 'gcloud %s\\n' "$*" >> calls
      left=$(cat polls-without-summary)
      echo $((left - 1)) > polls-without-summary
      ((left <= 0)) && cat summary
      """;

  private final Path folder;
  private final Map<String, String> settings = new TreeMap<>();

  private BenchmarkScript(Path folder) {
    this.folder = folder;
  }

  /** With the settings that Terraform gives by default, but for the times. */
  static BenchmarkScript in(Path folder) throws IOException {
    BenchmarkScript script = new BenchmarkScript(folder);
    executable(folder.resolve("bin/kubectl"), KUBECTL);
    executable(folder.resolve("bin/gcloud"), GCLOUD);
    script.write("calls", "");
    script.write("create-code", "0");
    script.write("delete-code", "0");
    script.write("polls-without-summary", "0");
    script.whenCellsFail(0);
    script.settings.putAll(
        Map.of(
            "ARGUMENTS",
            """
            ["run","--config","/suite/@SUITE@.yaml","--runs","@RUNS@","--summary","@SUMMARY@","--","--runner=FlinkRunner","--flinkMaster=[auto]","--parallelism=4"]\
            """,
            "IMAGE",
            "us-central1-docker.pkg.dev/some-project/pixelprobe/pixelprobe:0.1.0",
            "JAR",
            "local:///opt/flink/usrlib/pixelprobe-pipeline.jar",
            "NAMESPACE",
            "pixelprobe",
            "RUNS",
            "gs://bucket/runs",
            "SERVICE_ACCOUNT",
            "flink",
            "SUITE",
            "weekly",
            "TEMPLATE",
            SCHEDULE.resolve("flinkdeployment.yaml").toString(),
            "TIMEOUT_SECONDS",
            "60",
            "POLL_SECONDS",
            "0.01"));
    script.settings.put("CACHE", "gs://bucket/cache");
    script.settings.put("FAILED_CELLS", folder.resolve("failed-cells").toString());
    script.settings.putAll(
        Map.of(
            "NATIVE_MEMORY", "10g",
            "PARALLELISM", "4",
            "TASKMANAGER_CPU", "6",
            "TASKMANAGER_MEMORY", "24g",
            "TASK_SLOTS", "4",
            "OWNER_NAME", "weekly-29394120-x7k2p",
            "OWNER_UID", "0f3c4a52-7c1e-4d55-9a51-0f6c1f6b2d11"));
    return script;
  }

  BenchmarkScript with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  BenchmarkScript without(String setting) {
    settings.remove(setting);
    return this;
  }

  /**
   * What the operator says, poll after poll: job state|lifecycle|JobManager|error, or none for no
   * answer.
   */
  BenchmarkScript whenStatusIs(String... statuses) throws IOException {
    write("statuses", String.join("\n", statuses) + "\n");
    return this;
  }

  BenchmarkScript whenTheSummaryComes(int pollsLate) throws IOException {
    write("polls-without-summary", Integer.toString(pollsLate));
    return this;
  }

  BenchmarkScript whenCellsFail(int cells) throws IOException {
    return whenTheSummaryIs(
        "{\n  \"schema\" : \"pixelprobe/suite/1\",\n  \"failed\" : %d\n}\n".formatted(cells));
  }

  BenchmarkScript whenTheSummaryIs(String text) throws IOException {
    write("summary", text);
    return this;
  }

  /** What is left for the container that fails the run after the report. */
  String failedCells() throws IOException {
    Path file = folder.resolve("failed-cells");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  BenchmarkScript whenCreateExits(int code) throws IOException {
    write("create-code", Integer.toString(code));
    return this;
  }

  BenchmarkScript whenDeleteExits(int code) throws IOException {
    write("delete-code", Integer.toString(code));
    return this;
  }

  Outcome run() throws IOException, InterruptedException {
    return outcome(start());
  }

  /** Told to stop, as Kubernetes tells a pod, at the second poll. */
  Outcome runAndStop() throws IOException, InterruptedException {
    Process process = start();
    while (calls().stream().filter(call -> call.contains(" get ")).count() < 2) {
      if (process.waitFor(10, MILLISECONDS)) {
        break;
      }
    }
    process.destroy();
    return outcome(process);
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", SCHEDULE.resolve("run-benchmark.sh").toString());
    builder.environment().putAll(settings);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private Outcome outcome(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(60, SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("run-benchmark.sh: expected an end within 60 seconds, got none");
    }
    return new Outcome(process.exitValue(), read("out"), read("err"), calls());
  }

  /** What was submitted. */
  String manifest() throws IOException {
    return read("manifest.yaml");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text, UTF_8);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + ": cannot be made executable");
    }
  }

  record Outcome(int code, String out, String err, List<String> calls) {
    Outcome {
      calls = List.copyOf(calls);
    }
  }
}
