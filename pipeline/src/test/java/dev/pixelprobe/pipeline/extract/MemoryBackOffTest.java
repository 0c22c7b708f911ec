package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

final class MemoryBackOffTest {
  private final MemoryBackOff memory = new MemoryBackOff("model m on the GPU");
  private final List<Integer> tried = new ArrayList<>();

  /** A model that has memory for so many records. */
  private Forward<Integer, Integer> fitting(int most) {
    return batch -> {
      tried.add(batch.size());
      if (batch.size() > most) {
        throw new TFResourceExhaustedException("OOM when allocating tensor\nwith a long trace");
      }
      return batch.stream().map(record -> -record).toList();
    };
  }

  private static List<Integer> batch(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @ParameterizedTest(name = "memory for {0} of 30")
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 29, 30})
  void everyRecordComesOutOnceInOrder(int most) throws IOException {
    List<Integer> expected = batch(30).stream().map(record -> -record).toList();

    assertThat(memory.run(batch(30), fitting(most))).isEqualTo(expected);
  }

  @Test
  void aSizeThatFailedIsNotTriedAgain() throws IOException {
    memory.run(batch(32), fitting(11));
    assertThat(tried).containsExactly(32, 16, 8, 8, 8, 8);
    assertThat(memory.largest()).isEqualTo(8);

    tried.clear();
    memory.run(batch(32), fitting(11));
    assertThat(tried).containsExactly(8, 8, 8, 8);
  }

  @Test
  void aRetryCutsTheBatchAsItWasCut() throws IOException {
    memory.run(batch(30), fitting(10));
    List<Integer> cut = tried.stream().filter(size -> size <= 10).toList();

    tried.clear();
    memory.run(batch(30), fitting(10));

    assertThat(tried).isEqualTo(cut).containsExactly(8, 7, 8, 7);
  }

  @Test
  void noMemoryForOneIsTheEnvironments() {
    assertThatThrownBy(() -> memory.run(batch(4), fitting(0)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "model m on the GPU: expected memory for a batch of one, got: OOM when allocating tensor; free memory of the device, or pass --device cpu");
    assertThat(tried).containsExactly(4, 2, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed to allocate memory: CUDA_ERROR_OUT_OF_MEMORY: out of memory",
        "Attempting to perform BLAS operation: CUBLAS_STATUS_ALLOC_FAILED",
      })
  void whatCudaSaysInItsOwnWordsCountsToo(String message) throws IOException {
    memory.run(
        batch(2),
        part -> {
          if (part.size() > 1) {
            throw new TensorFlowException(message);
          }
          return part;
        });

    assertThat(memory.largest()).isOne();
  }

  @Test
  void anotherFailureIsPassedOn() {
    TensorFlowException failure = new TensorFlowException("device lost");

    assertThatThrownBy(
            () ->
                memory.run(
                    batch(2),
                    part -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(memory.largest()).isEqualTo(Integer.MAX_VALUE);
  }
}
