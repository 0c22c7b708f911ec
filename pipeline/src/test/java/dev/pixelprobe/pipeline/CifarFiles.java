package dev.pixelprobe.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes noise as CIFAR-10 binary files: each label has a tint, so that a probe finds something.
 */
public final class CifarFiles {
  public static final int RECORD_BYTES = 1 + 3 * 1024;
  private static final String FOLDER = "cifar-10-batches-bin";

  private CifarFiles() {}

  /** Two training files and a test file, labels 0 to {@code classes - 1} in turn. */
  public static Path write(Path data, int perTrainFile, int test, int classes) throws IOException {
    Files.createDirectories(data.resolve(FOLDER));
    Files.write(train(data, 1), records(1, perTrainFile, classes));
    Files.write(train(data, 2), records(2, perTrainFile, classes));
    Files.write(test(data), records(3, test, classes));
    return data;
  }

  public static Path train(Path data, int batch) {
    return data.resolve(FOLDER).resolve("data_batch_" + batch + ".bin");
  }

  public static Path test(Path data) {
    return data.resolve(FOLDER).resolve("test_batch.bin");
  }

  private static byte[] records(long seed, int count, int classes) {
    Random random = new Random(seed);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    byte[] plane = new byte[1024];
    for (int record = 0; record < count; record++) {
      int label = record % classes;
      records.write(label);
      for (int channel = 0; channel < 3; channel++) {
        random.nextBytes(plane);
        int tint = 25 * ((label * (channel + 1)) % 10);
        for (byte noise : plane) {
          records.write((tint + (noise & 0xff)) / 2);
        }
      }
    }
    return records.toByteArray();
  }
}
