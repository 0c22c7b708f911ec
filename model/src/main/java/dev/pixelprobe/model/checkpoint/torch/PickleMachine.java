package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorDType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickles (protocols 2 to 5) as far as files of tensors need them: numbers, text,
 * lists, dicts and {@link TorchTensor}s. Python would import and call whatever a pickle names; here
 * a name outside {@link TorchGlobal} ends the reading, as does every opcode that makes objects.
 *
 * <p>Values refer to each other as the pickle says, also in circles: they are never compared,
 * hashed or printed whole. A dict is a Map, a list or tuple a List.
 */
final class PickleMachine {
  private final PickleInput in;
  private final PickleStack stack;
  private final Map<Integer, Object> memo = new HashMap<>();
  private final Map<String, TorchStorage> storages = new LinkedHashMap<>();

  PickleMachine(PickleInput in) {
    this.in = in;
    this.stack = new PickleStack(in);
  }

  /**
   * Reads one pickle.
   *
   * @throws InvalidInputException if it is damaged or would do more than describe tensors
   */
  Object read() throws IOException {
    for (int opcode = in.u1(); opcode != '.'; opcode = in.u1()) {
      if (!atom(opcode) && !container(opcode) && !memory(opcode)) {
        objects(opcode);
      }
    }
    return stack.pop();
  }

  /** Every storage that was mentioned, by its key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  private boolean atom(int opcode) throws IOException {
    switch (opcode) {
      case 'N' -> stack.push(PickleStack.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) in.u1());
      case 'M' -> stack.push((long) in.u2());
      case 'J' -> stack.push((long) in.i4());
      case 0x8a -> stack.push(in.integer(in.u1()));
      case 'G' -> stack.push(in.f8());
      case 'U', 0x8c -> stack.push(in.text(in.u1()));
      case 'T', 'X' -> stack.push(in.text(in.i4() & 0xffffffffL));
      case 0x8d -> stack.push(in.text(in.i8()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark();
      case ')', ']' -> stack.push(new ArrayList<>());
      case 't', 'l' -> stack.push(stack.popToMark());
      case 0x85, 0x86, 0x87 -> stack.push(stack.pop(opcode - 0x84));
      case 'a' -> append(stack.pop(1));
      case 'e' -> append(stack.popToMark());
      case '}' -> stack.push(new LinkedHashMap<>());
      case 's' -> put(stack.pop(2));
      case 'u' -> put(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) throws IOException {
    switch (opcode) {
      case 0x80 -> in.u1();
      case 0x95 -> in.i8();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 'q' -> memo.put(in.u1(), stack.top());
      case 'r' -> memo.put(in.i4(), stack.top());
      case 0x94 -> memo.put(memo.size(), stack.top());
      case 'h' -> stack.push(remembered(in.u1()));
      case 'j' -> stack.push(remembered(in.i4()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw in.wrong("a value remembered before", "none at %d".formatted(index));
    }
    return value;
  }

  private void objects(int opcode) throws IOException {
    switch (opcode) {
      case 'c', 'i' -> stack.push(global(opcode, in.line(), in.line()));
      case 0x93 -> {
        String name = stack.pop(String.class, "a name");
        stack.push(global(opcode, stack.pop(String.class, "a module's name"), name));
      }
      case 'Q' -> stack.push(storage(args()));
      case 'R' -> {
        List<Object> args = args();
        stack.push(reduced(stack.pop(TorchGlobal.class, "a function to call"), args));
      }
      case 'b' -> {
        stack.pop(Map.class, "a dict of attributes");
        stack.cast(stack.top(), Map.class, "an OrderedDict, whose attributes are left out");
      }
      default -> throw in.forbidden("opcode 0x%02x".formatted(opcode));
    }
  }

  private TorchGlobal global(int opcode, String module, String name) {
    String pythonName = module + "." + name;
    return TorchGlobal.named(pythonName)
        .filter(known -> opcode != 'i')
        .orElseThrow(() -> in.forbidden(ForeignText.brief(pythonName)));
  }

  private Object reduced(TorchGlobal function, List<Object> args) {
    return switch (function) {
      case ORDERED_DICT -> {
        if (!args.isEmpty()) {
          throw in.wrong("an OrderedDict that is filled afterwards", "one made of arguments");
        }
        yield new LinkedHashMap<>();
      }
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensor(args);
      case REBUILD_PARAMETER -> arg(args, 0, TorchTensor.class, "a parameter's tensor");
      default -> throw in.forbidden("a call of " + function.pythonName());
    };
  }

  private TorchTensor tensor(List<Object> args) {
    List<Long> size = numbers(arg(args, 2, List.class, "a tensor's size"));
    List<Long> stride = numbers(arg(args, 3, List.class, "a tensor's stride"));
    long offset = arg(args, 1, Long.class, "a tensor's offset");
    if (size.size() != stride.size() || offset < 0) {
      throw in.wrong(
          "as many strides as sizes and an offset of 0 or more",
          "%d strides, %d sizes, offset %d".formatted(stride.size(), size.size(), offset));
    }
    return new TorchTensor(
        arg(args, 0, TorchStorage.class, "a tensor's storage"), offset, size, stride);
  }

  private List<Long> numbers(List<?> values) {
    if (values.size() > TorchTensor.MAX_RANK) {
      throw in.wrong("at most %d axes".formatted(TorchTensor.MAX_RANK), "" + values.size());
    }
    List<Long> numbers = new ArrayList<>();
    for (Object value : values) {
      long number = stack.cast(value, Long.class, "whole numbers in size and stride");
      if (number < 0) {
        throw in.wrong("sizes and strides of 0 or more", "" + number);
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** A persistent id: ('storage', class, key, device, elements). */
  private TorchStorage storage(List<Object> id) {
    TorchGlobal kind = arg(id, 1, TorchGlobal.class, "a storage's class");
    TensorDType dtype =
        kind.dtype().orElseThrow(() -> in.wrong("a storage's class", kind.pythonName()));
    String key = arg(id, 2, String.class, "a storage's key");
    long elements = arg(id, 4, Long.class, "a storage's length");
    if (id.size() > 5 && id.get(5) != PickleStack.NONE) {
      throw in.wrong("whole storages", "a view of one; save it with a newer PyTorch");
    }
    TorchStorage storage = new TorchStorage(key, dtype, elements);
    TorchStorage earlier = storages.putIfAbsent(key, storage);
    if (elements < 0 || (earlier != null && !earlier.equals(storage))) {
      throw in.wrong(
          "one length of 0 or more and one type for storage " + ForeignText.brief(key),
          "%d elements of %s".formatted(elements, dtype));
    }
    return storage;
  }

  private List<Object> args() {
    List<Object> args = new ArrayList<>();
    for (Object arg : stack.pop(List.class, "arguments")) {
      if (args.size() == TorchTensor.MAX_RANK) {
        throw in.wrong("a few arguments", "more than " + args.size());
      }
      args.add(arg);
    }
    return args;
  }

  private <T> T arg(List<Object> args, int index, Class<T> kind, String what) {
    if (index >= args.size()) {
      throw in.wrong(what, "%d arguments".formatted(args.size()));
    }
    return stack.cast(args.get(index), kind, what);
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    stack.cast(stack.top(), List.class, "a list to add to").addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> keysAndValues) {
    Map<Object, Object> dict = stack.cast(stack.top(), Map.class, "a dict to add to");
    if (keysAndValues.size() % 2 != 0) {
      throw in.wrong("a value for every key", "a key without one");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      if (!(key instanceof String || key instanceof Long)) {
        throw in.wrong("text or a whole number for a key", "something else");
      }
      if (dict.put(key, keysAndValues.get(i + 1)) != null) {
        throw in.wrong("one entry of a name", "two of " + ForeignText.brief(key.toString()));
      }
    }
  }
}
