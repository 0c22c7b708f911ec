package dev.pixelprobe.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.schedule.BenchmarkScript.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the schedule does with a run that goes well, fails, hangs, or is told to stop: it always
 * deletes it.
 */
final class BenchmarkScriptTest {
  private static final String STARTING = "RECONCILING|DEPLOYED|DEPLOYING|";
  private static final String RUNNING = "RUNNING|STABLE|READY|";
  private static final String FINISHED = "FINISHED|STABLE|READY|";
  private static final String NAME = "weekly-\\d{8}t\\d{6}z-x7k2p";
  private static final String SUMMARY =
      "gs://bucket/runs/\\d{8}T\\d{6}Z-weekly-x7k2p\\.summary\\.json";

  @TempDir private Path folder;

  @Test
  void aRunThatFinishesWithASummarySucceeds() throws Exception {
    Outcome outcome = script().whenStatusIs("|||", STARTING, RUNNING, RUNNING, FINISHED).run();

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches(NAME + ": created; its runs go to gs://bucket/runs"),
            line ->
                assertThat(line).endsWith(": job unknown, deployment unknown, JobManager unknown"),
            line ->
                assertThat(line)
                    .endsWith(": job RECONCILING, deployment DEPLOYED, JobManager DEPLOYING"),
            line -> assertThat(line).endsWith(": job RUNNING, deployment STABLE, JobManager READY"),
            line ->
                assertThat(line).endsWith(": job FINISHED, deployment STABLE, JobManager READY"),
            line -> assertThat(line).matches(NAME + ": finished"),
            line -> assertThat(line).matches(NAME + ": deleting"));
    assertThat(outcome.calls().get(0)).isEqualTo("--namespace pixelprobe create --filename=-");
    assertThat(outcome.calls()).anyMatch(call -> call.matches("gcloud storage cat " + SUMMARY));
    assertDeletedAtTheEnd(outcome);
  }

  /** The operator knows the first job of a run only; the others come after it. */
  @Test
  void aFinishedJobWithoutASummaryIsWaitedFor() throws Exception {
    Outcome outcome = script().whenStatusIs(RUNNING, FINISHED).whenTheSummaryComes(3).run();

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.calls()).filteredOn(call -> call.startsWith("gcloud ")).hasSize(4);
    assertDeletedAtTheEnd(outcome);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "FAILED|STABLE|READY|;expected the job to finish, got FAILED: its log says why",
        "FAILED|FAILED|READY|out of memory;expected the job to finish, got FAILED: out of memory",
        "CANCELED|STABLE|READY|;expected the job to finish, got CANCELED: its log says why",
        "RECONCILING|FAILED|DEPLOYING|no such image;expected it to run, got deployment FAILED, JobManager DEPLOYING: no such image",
        "RECONCILING|DEPLOYED|ERROR|back-off;expected it to run, got deployment DEPLOYED, JobManager ERROR: back-off",
      })
  void aRunThatFailsFails(String status, String message) throws Exception {
    Outcome outcome = script().whenStatusIs(STARTING, RUNNING, status).run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).matches("error: " + NAME + ": \\Q" + message + "\\E\n");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void aReasonOfManyLinesStaysOnOne() throws Exception {
    Outcome outcome = script().whenStatusIs("FAILED|STABLE|READY|java.lang.Exception: a|b").run();

    assertThat(outcome.err()).endsWith("got FAILED: java.lang.Exception: a|b\n").hasLineCount(1);
  }

  @Test
  void aProgramThatFailsAfterItsFirstJobFails() throws Exception {
    Outcome outcome = script().whenStatusIs(FINISHED, STARTING).whenTheSummaryComes(99).run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("expected gs://bucket/runs/").contains("started over");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void failedCellsAreLeftForTheContainerThatFailsTheRunAfterTheReport() throws Exception {
    BenchmarkScript script = script().whenStatusIs(FINISHED).whenCellsFail(2);

    Outcome outcome = script.run();

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(script.failedCells()).matches(NAME + ": 2 cells failed; see " + SUMMARY + "\n");
    assertThat(outcome.out()).contains(script.failedCells());
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void withoutFailedCellsNothingIsLeft() throws Exception {
    BenchmarkScript script = script().whenStatusIs(FINISHED);
    script.run();

    assertThat(script.failedCells()).isEmpty();
  }

  @Test
  void aSummaryThatIsNoneFailsTheRun() throws Exception {
    Outcome outcome = script().whenStatusIs(FINISHED).whenTheSummaryIs("<html>").run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("expected a summary in gs://bucket/runs/");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void aRunThatTakesTooLongFails() throws Exception {
    Outcome outcome = script().with("TIMEOUT_SECONDS", "1").whenStatusIs(RUNNING).run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).endsWith(" within 1 seconds, got none; RUNNING/STABLE/READY\n");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void aJobManagerMayBeLostTwice() throws Exception {
    String lost = "RECONCILING|DEPLOYED|DEPLOYING|";
    assertThat(script().whenStatusIs(RUNNING, lost, RUNNING, lost, RUNNING, FINISHED).run().code())
        .isZero();

    Outcome outcome =
        script().whenStatusIs(RUNNING, lost, RUNNING, lost, RUNNING, lost, RUNNING).run();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("expected the JobManager to stay, lost it 3 times");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void anApiThatIsAwayForAWhileIsWaitedFor() throws Exception {
    Outcome outcome =
        script()
            .with("UNANSWERED_LIMIT", "3")
            .whenStatusIs("none", "none", RUNNING, "none", "none", FINISHED)
            .run();

    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @Test
  void anApiThatStaysAwayEndsTheRun() throws Exception {
    Outcome outcome = script().with("UNANSWERED_LIMIT", "3").whenStatusIs(RUNNING, "none").run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).endsWith("expected its status, got no answer 3 times in a row\n");
    assertDeletedAtTheEnd(outcome);
  }

  /** A create that failed for want of an answer may have made the deployment all the same. */
  @Test
  void aRefusedDeploymentIsDeletedToo() throws Exception {
    Outcome outcome = script().whenStatusIs(RUNNING).whenCreateExits(1).run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err())
        .endsWith("expected Kubernetes to take the FlinkDeployment, it did not\n");
    assertDeletedAtTheEnd(outcome);
  }

  @Test
  void whatCannotBeDeletedFailsEvenAGoodRun() throws Exception {
    Outcome outcome = script().whenStatusIs(FINISHED).whenDeleteExits(1).run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err())
        .matches(
            "error: ("
                + NAME
                + "): not deleted, it may hold a GPU; kubectl -n pixelprobe delete flinkdeployment \\1\n");
  }

  @Test
  void aRunThatIsToldToStopDeletesFirst() throws Exception {
    Outcome outcome = script().with("POLL_SECONDS", "0.3").whenStatusIs(RUNNING).runAndStop();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("expected to wait for the job, was told to stop");
    assertDeletedAtTheEnd(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ARGUMENTS", "IMAGE", "NAMESPACE", "OWNER_UID", "RUNS", "TIMEOUT_SECONDS"})
  void aMissingSettingMakesNothing(String setting) throws Exception {
    Outcome outcome = script().without(setting).whenStatusIs(RUNNING).run();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "error: " + setting + ": expected a value, got none; set it in the environment\n");
    assertThat(outcome.calls()).isEmpty();
  }

  @Test
  void anUnknownFieldMakesNothing() throws Exception {
    Outcome outcome =
        script().with("ARGUMENTS", "[\"run\",\"@NOWHERE@\"]").whenStatusIs(RUNNING).run();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("expected only fields that are known here, got @NOWHERE@");
    assertThat(outcome.calls()).isEmpty();
  }

  private BenchmarkScript script() throws IOException {
    return BenchmarkScript.in(folder);
  }

  private static void assertDeletedAtTheEnd(Outcome outcome) {
    assertThat(outcome.calls().get(outcome.calls().size() - 1))
        .matches(
            "--namespace pixelprobe delete flinkdeployment "
                + NAME
                + " --ignore-not-found --wait --timeout=300s");
  }
}
