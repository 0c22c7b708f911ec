package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.Blas;
import dev.pixelprobe.pipeline.benchmark.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.AbstractTF_Graph;
import org.tensorflow.internal.c_api.AbstractTF_Session;
import org.tensorflow.internal.c_api.AbstractTF_SessionOptions;
import org.tensorflow.internal.c_api.AbstractTF_Status;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The native libraries: whether they load here, and what they can use. */
final class NativeChecks {
  private static final String ADVICE =
      "pixelprobe's natives are for Linux on x86-64 with glibc; run it there";

  private static final String GPU_NATIVES =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";

  private NativeChecks() {}

  static Finding tensorFlow() {
    boolean forGpus = TensorFlow.class.getResource(GPU_NATIVES) != null;
    try {
      List<String> devices = devices();
      String found =
          "%s, natives for %s, devices %s"
              .formatted(
                  TensorFlow.version(), forGpus ? "GPUs" : "CPUs", String.join(", ", devices));
      return tensorFlow(found, forGpus, devices);
    } catch (LinkageError | TensorFlowException e) {
      return Finding.fail("tensorflow", "does not load: " + e.getMessage(), ADVICE);
    }
  }

  private static Finding tensorFlow(String found, boolean forGpus, List<String> devices) {
    if (!hasGpu() || devices.stream().anyMatch(device -> device.startsWith("GPU"))) {
      return Finding.ok("tensorflow", found);
    }
    return forGpus
        ? Finding.note("tensorflow", found, "it does not see the GPU: see cuda")
        : Finding.note(
            "tensorflow", found, "this build leaves the GPU alone, so models run on the CPU");
  }

  private static boolean hasGpu() {
    try {
      return !Platform.gpu().equals(Platform.NO_GPU);
    } catch (IOException e) {
      return false;
    }
  }

  /** Such as {@code CPU:0}. */
  private static List<String> devices() {
    List<String> devices = new ArrayList<>();
    try (TF_Status status = AbstractTF_Status.newStatus();
        var graph = AbstractTF_Graph.newGraph();
        var options = AbstractTF_SessionOptions.newSessionOptions();
        TF_Session session = AbstractTF_Session.newSession(graph, options, status)) {
      status.throwExceptionIfNotOK();
      TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        String name = tensorflow.TF_DeviceListName(list, i, status).getString();
        devices.add(name.replaceFirst(".*device:", ""));
      }
      tensorflow.TF_DeleteDeviceList(list);
    }
    return devices;
  }

  static Finding openBlas() {
    try {
      Blas.load();
      return Finding.ok("openblas", "loads");
    } catch (LinkageError e) {
      return Finding.fail("openblas", "does not load: " + e.getMessage(), ADVICE);
    }
  }
}
