package dev.pixelprobe.pipeline.data;

/**
 * Where an image comes from. Every random choice about an image is a pure function of this id and
 * the seed, so a retried bundle gives the same answer.
 *
 * @param shard the file that holds many records; empty where every image is a file of its own
 * @param entry the image's own file, relative to the split; empty where a shard holds many
 * @param record position in the shard, or in the sorted listing of the split; from 0
 */
public record ImageId(String dataset, Split split, String shard, String entry, long record) {
  public static ImageId inShard(String dataset, Split split, String shard, long record) {
    return new ImageId(dataset, split, shard, "", record);
  }

  public static ImageId ofFile(String dataset, Split split, String entry, long record) {
    return new ImageId(dataset, split, "", entry, record);
  }

  /** {@code dataset/split/file#record}. */
  @Override
  public String toString() {
    return dataset + "/" + split.label() + "/" + shard + entry + "#" + record;
  }
}
