package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.proto.DataType;

/** One signature of a SavedModel: a single input, and outputs of which some are float32. */
final class EncoderSignature {
  private final String model;
  private final String inputName;
  private final TensorDescription input;
  private final Map<String, TensorDescription> outputs;

  private EncoderSignature(
      String model,
      String inputName,
      TensorDescription input,
      Map<String, TensorDescription> outputs) {
    this.model = model;
    this.inputName = inputName;
    this.input = input;
    this.outputs = outputs;
  }

  /**
   * Finds a signature.
   *
   * @param model named in messages
   * @throws InvalidInputException if it is not there, or does not take exactly one tensor
   */
  static EncoderSignature of(SavedModelBundle bundle, String key, String model) {
    Map<String, Signature> present = new TreeMap<>();
    for (Signature signature : bundle.signatures()) {
      if (!signature.key().startsWith("__")) {
        present.put(signature.key(), signature);
      }
    }
    Signature signature = present.get(key);
    if (signature == null) {
      throw new InvalidInputException(
          "%s: expected a signature of %s, got %s; choose with --signature"
              .formatted(model, present.keySet(), key));
    }
    Map<String, TensorDescription> inputs = new TreeMap<>(signature.getInputs());
    if (inputs.size() != 1) {
      throw new InvalidInputException(
          "%s: expected signature %s to take one tensor of images, got inputs %s; choose another --signature of %s"
              .formatted(model, key, inputs.keySet(), present.keySet()));
    }
    String name = inputs.keySet().iterator().next();
    return new EncoderSignature(
        model, name, inputs.values().iterator().next(), new TreeMap<>(signature.getOutputs()));
  }

  ImageInput resolveInput(EncoderSettings settings) {
    String name = "%s, input %s".formatted(model, inputName);
    return new InputResolution(name, input, settings).resolve();
  }

  /** The outputs of these names, or all that are float32, by name. */
  List<String> outputs(@Nullable List<String> wanted) {
    List<String> floats = new ArrayList<>();
    outputs.forEach(
        (name, tensor) -> {
          if (tensor.dataType == DataType.DT_FLOAT) {
            floats.add(name);
          }
        });
    if (wanted == null) {
      if (floats.isEmpty()) {
        throw new InvalidInputException(
            "%s: expected a float32 output, got %s; choose another --signature"
                .formatted(model, listing()));
      }
      return floats;
    }
    for (String name : wanted) {
      if (!floats.contains(name)) {
        throw new InvalidInputException(
            "%s: expected float32 outputs of %s, got %s; choose another"
                .formatted(model, listing(), name));
      }
    }
    return wanted.stream().distinct().toList();
  }

  private List<String> listing() {
    List<String> listing = new ArrayList<>();
    outputs.forEach(
        (name, tensor) ->
            listing.add(
                "%s (%s %s)"
                    .formatted(name, InputResolution.typeName(tensor.dataType), tensor.shape)));
    return listing;
  }

  String inputTensor() {
    return input.name;
  }

  String outputTensor(String name) {
    TensorDescription output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException("output: expected one of the signature's, got " + name);
    }
    return output.name;
  }
}
