package dev.pixelprobe.model.checkpoint.torch;

import java.util.ArrayList;
import java.util.List;

/** The pickle machine's stack. */
final class PickleStack {
  /** Python's None. */
  static final Object NONE = new Object();

  private static final Object MARK = new Object();

  private final PickleInput in;
  private final List<Object> values = new ArrayList<>();

  PickleStack(PickleInput in) {
    this.in = in;
  }

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    values.add(MARK);
  }

  Object top() {
    if (values.isEmpty() || values.get(values.size() - 1) == MARK) {
      throw in.wrong("a value on the stack", "none");
    }
    return values.get(values.size() - 1);
  }

  Object pop() {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  /** Pops a value of a kind, which messages call {@code what}. */
  <T> T pop(Class<T> kind, String what) {
    return cast(pop(), kind, what);
  }

  /** The last {@code count} values, in the order they came. */
  List<Object> pop(int count) {
    List<Object> popped = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      popped.add(0, pop());
    }
    return popped;
  }

  /** All values after the last mark, and the mark. */
  List<Object> popToMark() {
    int mark = values.lastIndexOf(MARK);
    if (mark < 0) {
      throw in.wrong("a mark on the stack", "none");
    }
    List<Object> above = values.subList(mark + 1, values.size());
    List<Object> popped = new ArrayList<>(above);
    values.subList(mark, values.size()).clear();
    return popped;
  }

  <T> T cast(Object value, Class<T> kind, String what) {
    if (!kind.isInstance(value)) {
      throw in.wrong(what, "something else");
    }
    return kind.cast(value);
  }
}
