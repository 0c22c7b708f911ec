package dev.pixelprobe.pipeline.data;

import java.util.regex.Pattern;

/**
 * The binary versions of CIFAR-10 and CIFAR-100: records of one or two label bytes and the red,
 * green and blue planes of 32 x 32 pixels, row-major (Krizhevsky 2009).
 */
enum CifarLayout {
  CIFAR10(
      "cifar10",
      "cifar-10-batches-bin",
      "data_batch_(\\d+)\\.bin",
      "test_batch\\.bin",
      "data_batch_1.bin .. data_batch_5.bin and test_batch.bin",
      "batches.meta.txt",
      1,
      10),
  /** With the fine label, the second byte. */
  CIFAR100(
      "cifar100",
      "cifar-100-binary",
      "train()\\.bin",
      "test\\.bin",
      "train.bin and test.bin",
      "fine_label_names.txt",
      2,
      100);

  static final int SIDE = 32;
  static final int IMAGE_BYTES = SIDE * SIDE * 3;

  final String dataset;
  final String ownFolder;
  final Pattern train;
  final Pattern test;
  final String expectedFiles;
  final String classNames;
  final int labelBytes;
  final int classes;

  CifarLayout(
      String dataset,
      String ownFolder,
      String train,
      String test,
      String expectedFiles,
      String classNames,
      int labelBytes,
      int classes) {
    this.dataset = dataset;
    this.ownFolder = ownFolder;
    this.train = Pattern.compile(train);
    this.test = Pattern.compile(test);
    this.expectedFiles = expectedFiles;
    this.classNames = classNames;
    this.labelBytes = labelBytes;
    this.classes = classes;
  }

  int recordBytes() {
    return labelBytes + IMAGE_BYTES;
  }
}
