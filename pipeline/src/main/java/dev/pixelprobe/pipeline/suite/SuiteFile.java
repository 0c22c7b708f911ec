package dev.pixelprobe.pipeline.suite;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A suite's YAML (1.2, core schema), checked key by key; messages name file and line. */
final class SuiteFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final String EXTENSION = "\\.ya?ml$";

  private final Path file;
  private final Map<Axis, List<Entry>> axes = new EnumMap<>(Axis.class);
  private @Nullable String name;

  private SuiteFile(Path file) {
    this.file = file;
  }

  static SuiteFile read(Path path) throws IOException {
    SuiteFile suite = new SuiteFile(path);
    suite.parse(suite.compose());
    return suite;
  }

  /** As it says, or as the file is called. */
  String name() {
    return name == null ? checkedName(0, defaultName()) : name;
  }

  private String defaultName() {
    return String.valueOf(file.getFileName()).replaceFirst(EXTENSION, "");
  }

  /** In the order of {@link Axis}, those that it has. */
  Map<Axis, List<Entry>> axes() {
    return axes;
  }

  private Node compose() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new InvalidInputException(
          "--config %s: expected a YAML file of at most 1 MiB, got %s"
              .formatted(file, Files.exists(file) ? "something else" : "nothing there"));
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setSchema(new CoreSchema()).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
      return root.orElseThrow(() -> error(1, "expected models and datasets, got an empty file"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw error(line, "expected YAML, got: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw error(
          1,
          "expected YAML, got: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (CharacterCodingException e) {
      throw error(1, "expected text in UTF-8, got other bytes");
    }
  }

  private void parse(Node root) {
    List<String> keys =
        Stream.concat(Stream.of(Axis.NAME), Arrays.stream(Axis.values()).map(Axis::label)).toList();
    for (NodeTuple tuple : mapping(root, "a suite").getValue()) {
      String key = key(tuple, keys);
      Node value = tuple.getValueNode();
      if (key.equals(Axis.NAME)) {
        name = checkedName(line(value), scalar(value, key, Kind.TEXT));
      } else {
        Axis axis = Axis.valueOf(key.toUpperCase(Locale.ROOT));
        axes.put(axis, entries(axis, value));
      }
    }
    for (Axis axis : List.of(Axis.MODELS, Axis.DATASETS)) {
      if (!axes.containsKey(axis)) {
        throw error(line(root), "expected the key %s, got none; add it".formatted(axis.label()));
      }
    }
  }

  private List<Entry> entries(Axis axis, Node value) {
    if (!(value instanceof SequenceNode list) || list.getValue().isEmpty()) {
      throw error(
          line(value),
          "%s: expected a list of at least one entry, got %s"
              .formatted(axis.label(), described(value)));
    }
    return list.getValue().stream().map(entry -> entry(axis, entry)).toList();
  }

  private Entry entry(Axis axis, Node node) {
    if (node instanceof ScalarNode) {
      return new Entry(line(node), null, List.of(setting(axis, axis.mainKey(), node)));
    }
    List<Setting> settings = new ArrayList<>();
    String entryName = null;
    for (NodeTuple tuple : mapping(node, "an entry of " + axis.label()).getValue()) {
      String key = key(tuple, axis.keyNames());
      if (key.equals(Axis.NAME)) {
        entryName = scalar(tuple.getValueNode(), key, Kind.TEXT);
      } else {
        settings.add(setting(axis, key, tuple.getValueNode()));
      }
    }
    boolean named = settings.stream().anyMatch(setting -> setting.key().equals(axis.mainKey()));
    if (!named && (axis == Axis.MODELS || axis == Axis.DATASETS)) {
      throw error(line(node), "expected the key %s, got none; add it".formatted(axis.mainKey()));
    }
    return new Entry(line(node), entryName, settings);
  }

  private Setting setting(Axis axis, String key, Node value) {
    Kind kind = Objects.requireNonNull(axis.keys().get(key), key);
    if (!kind.isList() || value instanceof ScalarNode) {
      return new Setting(line(value), key, kind, scalar(value, key, kind));
    }
    if (!(value instanceof SequenceNode list) || list.getValue().isEmpty()) {
      throw wrong(value, key, kind);
    }
    String joined =
        list.getValue().stream().map(v -> scalar(v, key, kind)).collect(Collectors.joining(","));
    return new Setting(line(value), key, kind, joined);
  }

  private String scalar(Node value, String key, Kind kind) {
    if (value instanceof ScalarNode scalar && kind.takes(scalar)) {
      return kind == Kind.YES_NO ? scalar.getValue().toLowerCase(Locale.ROOT) : scalar.getValue();
    }
    throw wrong(value, key, kind);
  }

  private InvalidInputException wrong(Node value, String key, Kind kind) {
    return error(
        line(value), "%s: expected %s, got %s".formatted(key, kind.words(), described(value)));
  }

  private MappingNode mapping(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(
          line(node), "%s: expected keys and values, got %s".formatted(what, described(node)));
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && !seen.add(key.getValue())) {
        throw error(line(key), "%s: expected the key once, got it twice".formatted(key.getValue()));
      }
    }
    return mapping;
  }

  private String key(NodeTuple tuple, List<String> expected) {
    Node node = tuple.getKeyNode();
    String key = node instanceof ScalarNode scalar ? scalar.getValue() : described(node);
    if (!expected.contains(key)) {
      String hint =
          Spelling.nearest(key, expected)
              .map(nearest -> "; did you mean %s?".formatted(nearest))
              .orElse("");
      throw error(
          line(node),
          "unknown key \"%s\"; expected one of %s%s"
              .formatted(key, String.join(", ", expected), hint));
    }
    return key;
  }

  private String checkedName(int line, String text) {
    if (!text.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw error(
          line == 0 ? 1 : line,
          "name: expected at most 40 lower-case letters, digits and hyphens, got \"%s\"; give the suite a name: of its own"
              .formatted(text));
    }
    return text;
  }

  private static String described(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "nothing" : "\"" + scalar.getValue() + "\"";
    }
    return node instanceof SequenceNode list
        ? list.getValue().isEmpty() ? "an empty list" : "a list"
        : "keys and values";
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private InvalidInputException error(int line, String message) {
    return new InvalidInputException("%s:%d: %s".formatted(file, line, message));
  }
}
