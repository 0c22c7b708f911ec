package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.RgbImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  @Test
  void aPngComesBackAsItWas() throws Exception {
    assertThat(ImageDecoder.decode(Pictures.png(3, 5, 200))).isEqualTo(Pictures.rgb(3, 5, 200));
  }

  @Test
  void aJpegOfOneColourComesBackWithinTwoLevels() throws Exception {
    RgbImage image = ImageDecoder.decode(Pictures.jpeg(8, 16, 200));
    assertThat(image.height()).isEqualTo(8);
    assertThat(image.width()).isEqualTo(16);
    assertThat(image.at(4, 9, 0)).isBetween(198, 202);
    assertThat(image.at(4, 9, 1)).isBetween(98, 102);
    assertThat(image.at(4, 9, 2)).isBetween(0, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void greyKeepsItsValues(String format) throws Exception {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100);
    assertPixel(Pictures.encode(format, grey), 100, 100, 100);
  }

  @Test
  void sixteenBitGreyIsScaledToEight() throws Exception {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100 * 257 + 128);
    assertPixel(Pictures.encode("png", grey), 100, 100, 100);
  }

  @Test
  void sixteenBitColourIsScaledToEight() throws Exception {
    ComponentColorModel model = model(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT);
    assertPixel(png(model, 10 * 257, 65535, 200 * 257), 10, 255, 200);
  }

  @Test
  void alphaIsDropped() throws Exception {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x40_0a_14_1e);
    assertPixel(Pictures.encode("png", image), 10, 20, 30);
  }

  @Test
  void alphaOfGreyIsDropped() throws Exception {
    ComponentColorModel model = model(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE);
    assertPixel(png(model, 77, 30), 77, 77, 77);
  }

  @Test
  void paletteIndicesAreLookedUp() throws Exception {
    byte[] red = {1, 9};
    byte[] green = {2, (byte) 250};
    byte[] blue = {3, 11};
    BufferedImage image =
        new BufferedImage(
            1, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
    image.getRaster().setSample(0, 0, 0, 1);
    assertPixel(Pictures.encode("png", image), 9, 250, 11);
  }

  @Test
  void oneBitImagesAreBlackAndWhite() throws Exception {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(0, 0, 0, 1);
    assertPixel(Pictures.encode("png", image), 255, 255, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void whatIsCutCannotBeDecoded(String format) throws Exception {
    byte[] whole = Pictures.encode(format, noise());
    assertThat(ImageDecoder.decode(whole).height()).isEqualTo(64);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> ImageDecoder.decode(half))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageStartingWith("the image cannot be decoded: ");
  }

  @Test
  void aJpegWithBrokenCodesCannotBeDecoded() throws Exception {
    byte[] jpeg = Pictures.encode("jpg", noise());
    Arrays.fill(jpeg, jpeg.length / 2, jpeg.length / 2 + 100, (byte) 0xfe);
    assertThatThrownBy(() -> ImageDecoder.decode(jpeg))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void whatIsNoImageIsToldByItsFirstBytes() {
    assertThatThrownBy(() -> ImageDecoder.decode("hello".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessage("expected a JPEG or PNG image, got 5 bytes that begin with 68656c6c");
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[0]))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void aHeaderThatPromisesTooManyPixelsIsNotBelieved() throws Exception {
    byte[] png = Pictures.png(1, 1, 0);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 1 << 14).putInt(20, 1 << 13);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> ImageDecoder.decode(png))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessage("expected an image of at most 67108864 pixels, got 16384 x 8192");
  }

  private static void assertPixel(byte[] encoded, int red, int green, int blue) throws Exception {
    RgbImage expected = RgbImage.wrap(1, 1, new byte[] {(byte) red, (byte) green, (byte) blue});
    assertThat(ImageDecoder.decode(encoded).bytes()).isEqualTo(expected.bytes());
  }

  private static ComponentColorModel model(int colourSpace, boolean alpha, int type) {
    return new ComponentColorModel(
        ColorSpace.getInstance(colourSpace),
        alpha,
        false,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        type);
  }

  private static byte[] png(ComponentColorModel model, int... samples) throws IOException {
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, samples);
    return Pictures.encode("png", new BufferedImage(model, raster, false, null));
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    return image;
  }
}
