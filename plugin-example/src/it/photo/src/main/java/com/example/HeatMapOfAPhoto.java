package com.example;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.explain4j.api.Model;
import org.explain4j.api.Photo;
import org.explain4j.datasets.folder.Photographs;
import org.explain4j.methods.backpropagation.LrpEpsilonPlus;
import org.explain4j.models.files.FileModel;
import org.explain4j.network.Network;
import org.explain4j.reports.pictures.HeatMap;
import org.nd4j.linalg.api.ndarray.INDArray;

public final class HeatMapOfAPhoto {
  public static void main(String[] arguments) throws IOException {
    Model model = new FileModel(Path.of(arguments[0])).read(Path.of("."));
    Network network = model.network();
    Photo photo = new Photographs().read(Path.of(arguments[1]), network.inputShape());
    INDArray input = model.preprocessing().apply(photo.pixels());
    INDArray relevance = new LrpEpsilonPlus().bind(network).attribute(input, network.predict(input));
    BufferedImage heat = HeatMap.of(relevance).over(photo.image(), photo.part(), true);
    ImageIO.write(heat, "png", Path.of(arguments[2]).toFile());
  }
}
