package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.explain4j.models.files.PretrainedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatMapOfAPhotoTest {
  @Test
  void aPhotoGetsAHeatMapOfItsSize(@TempDir Path dir) throws Exception {
    Path model = dir.resolve("model.onnx");
    String shipped = "/org/explain4j/models/pretrained/fashion-small-vgg.onnx";
    try (InputStream in = PretrainedModel.class.getResourceAsStream(shipped)) {
      Files.copy(in, model);
    }
    Path photo = dir.resolve("photo.png");
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    image.setRGB(30, 20, 0xffffff);
    ImageIO.write(image, "png", photo.toFile());
    Path heat = dir.resolve("heat.png");
    HeatMapOfAPhoto.main(new String[] {model.toString(), photo.toString(), heat.toString()});
    assertEquals(60, ImageIO.read(heat.toFile()).getWidth());
  }
}
