package dev.pixelprobe.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Several files of tensors under one index, as HuggingFace writes models above a size: the index's
 * {@code weight_map} says which tensor lies in which file beside it. What a file holds beyond that
 * is not read.
 */
final class ShardedTensors implements Tensors {
  /** Names of a file here: no path, no parent. */
  private static final Pattern FILE_NAME = Pattern.compile("[\\w-][\\w.-]*");

  private final Path index;
  private final Map<String, Tensors> shardOf = new LinkedHashMap<>();
  private final Map<String, Tensors> shards = new LinkedHashMap<>();

  private ShardedTensors(Path index) {
    this.index = index;
  }

  /** Opens one file. */
  @FunctionalInterface
  interface Opener {
    Tensors open(Path file) throws IOException;
  }

  /**
   * Opens the index and every file it names.
   *
   * @throws InvalidInputException if a file's name leaves the folder, there is no such file, or it
   *     lacks a tensor that the index puts there
   */
  static ShardedTensors open(Path index, Opener opener) throws IOException {
    JsonFile json = JsonFile.read(index);
    JsonNode map = json.root().path("weight_map");
    if (!map.isObject()) {
      throw json.wrong("weight_map", "an object of tensor names and file names");
    }
    ShardedTensors sharded = new ShardedTensors(index);
    try {
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        sharded.add(entry.getKey(), entry.getValue(), opener);
      }
      return sharded;
    } catch (IOException | RuntimeException e) {
      sharded.close();
      throw e;
    }
  }

  private void add(String name, JsonNode file, Opener opener) throws IOException {
    if (!file.isTextual() || !FILE_NAME.matcher(file.textValue()).matches()) {
      throw new InvalidInputException(
          "%s: weight_map: %s: expected the name of a file beside the index, got %s"
              .formatted(index, ForeignText.brief(name), ForeignText.brief(file.toString())));
    }
    Tensors shard = shards.get(file.textValue());
    if (shard == null) {
      shard = opener.open(index.resolveSibling(file.textValue()));
      shards.put(file.textValue(), shard);
    }
    if (!shard.names().contains(name)) {
      throw new InvalidInputException(
          "%s: weight_map: %s: expected it in %s, got no such tensor there; fetch the file again"
              .formatted(index, ForeignText.brief(name), shard.file().getFileName()));
    }
    shardOf.put(name, shard);
  }

  @Override
  public Path file() {
    return index;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(shardOf.keySet());
  }

  @Override
  public List<Long> shape(String name) {
    return shard(name).shape(name);
  }

  @Override
  public float[] read(String name) throws IOException {
    return shard(name).read(name);
  }

  private Tensors shard(String name) {
    Tensors shard = shardOf.get(name);
    if (shard == null) {
      throw new InvalidInputException("%s: expected a tensor %s, got none".formatted(index, name));
    }
    return shard;
  }

  @Override
  public void close() throws IOException {
    for (Tensors shard : shards.values()) {
      shard.close();
    }
  }
}
