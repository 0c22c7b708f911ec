package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small feature sets, every number of which follows from the split and record. */
final class Sets {
  static final String DIGEST = "0123456789abcdef".repeat(4);
  static final int COLOURS = 8;
  static final FeatureLayout LAYOUT =
      FeatureLayout.of(List.of(LayerFeature.Kind.LN_1, LayerFeature.Kind.H), List.of(0, 2), 5, 3);

  private Sets() {}

  static ImageFeatures row(Split split, int record) {
    return row(LAYOUT, split, record);
  }

  static ImageFeatures row(FeatureLayout layout, Split split, int record) {
    Random random = new Random(split.label().length() * 1_000_000L + record);
    short[] tokens = new short[layout.positions()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (short) random.nextInt(COLOURS);
    }
    byte[] rgb = new byte[layout.positions() * 3];
    random.nextBytes(rgb);
    float[] features = new float[layout.width()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    return new ImageFeatures(
        "tiny/" + split.label() + "/a.bin#" + record,
        split,
        record % 3,
        Tokens.wrap(tokens),
        RgbImage.wrap(layout.nPx(), layout.nPx(), rgb),
        split == Split.TEST ? random.nextFloat() : Float.NaN,
        FeatureVectors.wrap(features));
  }

  static List<ImageFeatures> rows(Split split, int from, int to) {
    List<ImageFeatures> rows = new ArrayList<>();
    for (int record = from; record < to; record++) {
      rows.add(row(split, record));
    }
    return rows;
  }

  static void writeFile(Path file, FeatureLayout layout, List<ImageFeatures> rows)
      throws IOException {
    writeFile(file, new FeatureSink(layout), rows);
  }

  static void writeFile(Path file, FeatureSink sink, List<ImageFeatures> rows) throws IOException {
    try (WritableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sink.open(channel);
      for (ImageFeatures row : rows) {
        sink.write(row);
      }
      sink.flush();
    }
  }

  /** Twelve training rows in two files, the second one first, and four test rows. */
  static void write(Path directory) throws IOException {
    writeFile(directory.resolve("train-00000-of-00002.parquet"), LAYOUT, rows(Split.TRAIN, 6, 12));
    writeFile(directory.resolve("train-00001-of-00002.parquet"), LAYOUT, rows(Split.TRAIN, 0, 6));
    writeFile(directory.resolve("test-00000-of-00001.parquet"), LAYOUT, rows(Split.TEST, 0, 4));
    Files.writeString(
        directory.resolve(DeadLetterFile.NAME),
        "{\"shard\":\"a.bin\",\"record\":12,\"reason\":\"cut\"}\n");
    FeatureManifestFile.write(manifest(directory, 1), directory.toString());
  }

  /** The same, wherever Beam's file systems reach. */
  static void writeTo(String location) throws IOException {
    if (!Folder.isRemote(location)) {
      write(Path.of(location));
      return;
    }
    Path local = Files.createTempDirectory("set");
    try {
      write(local);
      FeatureCache.place(local.toString(), location);
    } finally {
      AsideDirectory.delete(local);
    }
  }

  /** The manifest for the files in {@code directory}. */
  static FeatureManifest manifest(Path directory, long deadLetters) throws IOException {
    return manifest(FeatureFiles.list(directory.toString()), deadLetters);
  }

  static FeatureManifest manifest(List<FeatureManifest.File> files, long deadLetters) {
    return new FeatureManifest(
        DIGEST,
        new FeatureManifest.Model("igpt-tiny", "m0", LAYOUT.nPx(), 2, 5),
        "p0",
        "bilinear",
        new FeatureManifest.Dataset("tiny", "d0", List.of("cat", "dog", "frog"), 12, 4),
        "sos",
        "f32",
        LAYOUT.columns(),
        LAYOUT.nPx(),
        COLOURS,
        List.of(List.of(0, 1), List.of(2, 3)),
        files,
        new FeatureManifest.DeadLetters(deadLetters, DeadLetterFile.NAME),
        new FeatureManifest.Scored(4));
  }
}
