package dev.pixelprobe.model;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/** The devices that a session of TensorFlow's gets; its Java interface does not list them. */
public final class Devices {
  static final String GPU = "GPU";

  private Devices() {}

  /** Names of the GPUs of a session with these options, such as {@code /device:GPU:0}. */
  public static List<String> gpus(SessionOptions options) {
    TensorFlow.version(); // loads the library
    byte[] config = options.config().toByteArray();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions sessionOptions = TF_SessionOptions.newSessionOptions();
      TF_SetConfig(sessionOptions, new BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_NewSession(TF_Graph.newGraph(), sessionOptions, status);
      status.throwExceptionIfNotOK();
      try {
        return gpus(session, status);
      } finally {
        TF_CloseSession(session, status);
      }
    }
  }

  private static List<String> gpus(TF_Session session, TF_Status status) {
    List<String> names = new ArrayList<>();
    TF_DeviceList devices = TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    for (int i = 0; i < TF_DeviceListCount(devices); i++) {
      if (TF_DeviceListType(devices, i, status).getString().equals(GPU)) {
        String name = TF_DeviceListName(devices, i, status).getString();
        names.add(name.substring(name.indexOf("/device:")));
      }
    }
    TF_DeleteDeviceList(devices);
    return names;
  }

  /**
   * Whether a session with these options runs on a GPU.
   *
   * @throws IOException if it must, and cannot
   */
  public static boolean onGpu(SessionOptions options) throws IOException {
    boolean found = options.device() != Device.CPU && !gpus(options).isEmpty();
    if (options.device() == Device.GPU && !found) {
      throw new IOException(
          "--device gpu: expected a GPU that TensorFlow can use, got none; see pixelprobe doctor, or build with -Pgpu");
    }
    return found;
  }
}
