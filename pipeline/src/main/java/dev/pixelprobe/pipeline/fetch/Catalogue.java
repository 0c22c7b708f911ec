package dev.pixelprobe.pipeline.fetch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.fetch.Item.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What can be fetched, from where, and how it is told to be the right thing. Lengths and checksums
 * are those that several independent projects verify their downloads with; where none is known,
 * none stands here.
 */
public final class Catalogue {
  /** The training steps after which OpenAI published its models. */
  public static final List<Integer> STEPS = List.of(131_000, 262_000, 524_000, 1_000_000);

  /** The last of {@link #STEPS}: the models of the paper. */
  public static final int LAST_STEP = 1_000_000;

  private static final long MIB = 1 << 20;
  private static final String OPENAI = "https://openaipublic.blob.core.windows.net/image-gpt/";
  private static final String OPENAI_TERMS =
      "https://github.com/openai/image-gpt/blob/master/LICENSE";

  private static final Item CIFAR10 =
      dataSet(
          "cifar10",
          RemoteFile.known(
              "https://www.cs.toronto.edu/~kriz/",
              "cifar-10-binary.tar.gz",
              170_052_171L,
              "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
          new Archive("cifar-10-batches-bin", 256 * MIB, 100),
          "https://www.cs.toronto.edu/~kriz/cifar.html",
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  private static final Item CIFAR100 =
      dataSet(
          "cifar100",
          RemoteFile.known(
              "https://www.cs.toronto.edu/~kriz/",
              "cifar-100-binary.tar.gz",
              168_513_733L,
              "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
          new Archive("cifar-100-binary", 256 * MIB, 100),
          "https://www.cs.toronto.edu/~kriz/cifar.html",
          "train.bin",
          "test.bin",
          "fine_label_names.txt");

  private static final Item STL10 =
      dataSet(
          "stl10",
          RemoteFile.known(
              "https://cs.stanford.edu/~acoates/stl10/",
              "stl10_binary.tar.gz",
              2_640_397_119L,
              "f31fd99273a1acb8609c8db427cebb1de3f71de77758cdc0e22956e1289b9866"),
          new Archive("stl10_binary", 4096 * MIB, 100),
          "https://cs.stanford.edu/~acoates/stl10/",
          "train_X.bin",
          "train_y.bin",
          "test_X.bin",
          "test_y.bin",
          "fold_indices.txt",
          "class_names.txt");

  private static final Item INCEPTION =
      archive(
          "inception",
          Kind.NETWORK,
          RemoteFile.ofLength(
              "https://storage.googleapis.com/download.tensorflow.org/models/image/imagenet/",
              "inception-2015-12-05.tgz",
              88_931_400L),
          new Archive("", 512 * MIB, 100),
          "https://github.com/tensorflow/models/blob/master/LICENSE",
          "classify_image_graph_def.pb");

  private static final List<Item> PLAIN = List.of(CIFAR10, CIFAR100, STL10, INCEPTION);
  private static final List<String> MODELS = List.of("igpt-s", "igpt-m", "igpt-l");

  private Catalogue() {}

  /** Every name that {@link #find} and {@link #imageGpt} know. */
  public static List<String> names() {
    return Stream.concat(PLAIN.stream().map(Item::name), MODELS.stream()).sorted().toList();
  }

  /** Whether it is one of OpenAI's models, which come in several steps and two objectives. */
  public static boolean isImageGpt(String name) {
    return MODELS.contains(name);
  }

  /**
   * A data set, or the network of FID.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public static Item find(String name) {
    return PLAIN.stream()
        .filter(item -> item.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "fetch: expected one of %s, got %s"
                        .formatted(String.join(", ", names()), name)));
  }

  /**
   * A checkpoint of OpenAI's and its palette.
   *
   * @param name {@code igpt-s}, {@code igpt-m} or {@code igpt-l}
   * @param bert the one trained to fill in, not to continue
   * @throws InvalidInputException if there was no such step
   */
  public static Item imageGpt(String name, int step, boolean bert) {
    if (!STEPS.contains(step)) {
      throw new InvalidInputException(
          "--step: expected one of %s, got %d"
              .formatted(STEPS.toString().replaceAll("[\\[\\]]", ""), step));
    }
    String full = bert ? name + "-bert" : name;
    String base = OPENAI + "checkpoints/%s/%d/".formatted(full, step);
    String prefix = "model.ckpt-" + step;
    int shards = name.equals("igpt-l") ? 64 : 32;
    List<RemoteFile> files = new ArrayList<>();
    files.add(RemoteFile.unknown(OPENAI + "color-clusters/", "kmeans_centers.npy"));
    files.add(RemoteFile.unknown(base, prefix + ".index"));
    IntStream.range(0, shards)
        .mapToObj("%s.data-%%05d-of-%05d".formatted(prefix, shards)::formatted)
        .forEach(shard -> files.add(RemoteFile.unknown(base, shard)));
    return new Item(
        step == LAST_STEP ? full : full + "-" + step,
        Kind.CHECKPOINT,
        files,
        Optional.empty(),
        files.stream().map(RemoteFile::name).toList(),
        OPENAI_TERMS);
  }

  private static Item dataSet(
      String name, RemoteFile file, Archive archive, String terms, String... holds) {
    return archive(name, Kind.DATA_SET, file, archive, terms, holds);
  }

  private static Item archive(
      String name, Kind kind, RemoteFile file, Archive archive, String terms, String... holds) {
    return new Item(name, kind, List.of(file), Optional.of(archive), List.of(holds), terms);
  }
}
