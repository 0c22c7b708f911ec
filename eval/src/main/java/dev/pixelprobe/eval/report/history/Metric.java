package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.report.history.Figure.Direction;

/**
 * What a metric of generated images is called and tells.
 *
 * @param meaning one sentence; empty for a metric that this version does not know
 */
public record Metric(String name, Direction better, String meaning) {
  /** The metric of results.json called {@code id}. */
  public static Metric of(String id) {
    return switch (id) {
      case "fid" ->
          new Metric(
              "Fréchet distance",
              Direction.LOWER,
              "Distance of the Gaussians fitted to the features of samples and of real images. It"
                  + " is FID only on features of the Inception network, and falls as images are"
                  + " added.");
      case "fid_infinity" ->
          new Metric(
              "Fréchet distance, endless samples",
              Direction.LOWER,
              "The Fréchet distance followed along a line through 15 sample sizes to endless"
                  + " generated images.");
      case "kid" ->
          new Metric(
              "kernel distance",
              Direction.LOWER,
              "Squared maximum mean discrepancy with a cubic kernel; unbiased, so it may fall"
                  + " below 0. It is KID only on features of the Inception network.");
      case "inception_score" ->
          new Metric(
              "Inception Score",
              Direction.HIGHER,
              "How sure a classifier is of single samples and how varied it finds them together; no"
                  + " real image enters.");
      case "precision" ->
          new Metric(
              "precision", Direction.HIGHER, "Share of samples within the reach of real images.");
      case "recall" ->
          new Metric(
              "recall", Direction.HIGHER, "Share of real images within the reach of samples.");
      case "density" ->
          new Metric(
              "density",
              Direction.HIGHER,
              "How many neighbourhoods of real images a sample lies in, as a share of what is"
                  + " expected.");
      case "coverage" ->
          new Metric(
              "coverage",
              Direction.HIGHER,
              "Share of real images whose neighbourhood holds a sample.");
      case "palette_floor" ->
          new Metric(
              "palette floor",
              Direction.NONE,
              "The Fréchet distance of real images from the same images in the palette's colours:"
                  + " what the colours alone cost. No model that draws in this palette can be"
                  + " expected below it.");
      default -> new Metric(id.replace('_', ' '), Direction.NONE, "");
    };
  }

  /** Its name on the features of {@code extractor}: only those of Inception make a FID or KID. */
  public static String name(String id, String extractor) {
    boolean inception = extractor.startsWith(Distance.INCEPTION);
    return switch (id) {
      case "fid" -> inception ? "FID" : of(id).name();
      case "fid_infinity" -> inception ? "FID, endless samples" : of(id).name();
      case "kid" -> inception ? "KID" : of(id).name();
      default -> of(id).name();
    };
  }

  /** {@code Fréchet distance (igpt-s ln_1 12)}; with Inception's features {@code FID (..)}. */
  public static String label(String id, String extractor) {
    return name(id, extractor) + " (" + extractor + ")";
  }
}
