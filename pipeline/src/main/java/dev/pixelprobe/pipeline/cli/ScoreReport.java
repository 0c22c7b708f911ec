package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.PublishedLoss;
import dev.pixelprobe.pipeline.extract.Scoring;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a data set's scores.
 *
 * @param natsPerTokenStderr standard error of the mean over images
 * @param published null unless the model has the shape of a released one
 * @param perImage nats per token, in the order of the images' ids
 */
record ScoreReport(
    double natsPerToken,
    double natsPerTokenStderr,
    double bitsPerToken,
    int images,
    Dataset dataset,
    Model model,
    DeadLetters deadLetters,
    @Nullable PublishedLoss published,
    List<Double> perImage) {

  /** Which images. */
  record Dataset(String name, String digest, String split) {}

  /** Which model. */
  record Model(String name, String digest) {}

  /** The records that could not be used. */
  record DeadLetters(int count) {}

  static ScoreReport of(Scoring scoring, Scoring.Scored scored) {
    Generative summary = Generative.of(toArray(scored.natsPerToken()));
    ModelInfo model = scoring.model();
    return new ScoreReport(
        summary.natsPerToken(),
        summary.natsPerTokenStderr(),
        summary.bitsPerToken(),
        scored.natsPerToken().size(),
        new Dataset(scoring.dataset().name(), scoring.dataset().digest(), scoring.split().label()),
        new Model(model.name(), model.digest()),
        new DeadLetters(scored.deadLetters()),
        PublishedLoss.of(model.architecture()).orElse(null),
        scored.natsPerToken());
  }

  static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** For the terminal; says on which images a published loss was measured. */
  String text() {
    String mine =
        String.format(
            Locale.ROOT,
            "%s on %s: %,d %s images, %.4f nats per token (standard error %.4f), %.4f bits%n",
            model.name(),
            dataset.name(),
            images,
            dataset.split().equals("train") ? "training" : dataset.split(),
            natsPerToken,
            natsPerTokenStderr,
            bitsPerToken);
    return published == null ? mine : mine + line(published);
  }

  private static String line(PublishedLoss loss) {
    return String.format(
        Locale.ROOT,
        "published for %s: %.4f nats per token, on %s (%s): to be compared on those images only%n",
        loss.model(),
        loss.natsPerToken(),
        loss.dataset(),
        loss.source());
  }
}
