package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.explain4j.network.testing.Shared;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A report of explanations and curves that other tools made of Fashion-MNIST images. */
class GoldenReportTest {
  private static final Map<String, String> ATTRIBUTIONS = new LinkedHashMap<>();
  private static final Map<String, String> CURVES =
      Map.of(
          "gradient", "gradient",
          "guided-backprop", "guided_backprop",
          "lrp-0", "lrp_0",
          "integrated-gradients", "integrated_gradients",
          "pattern-attribution", "patternattr_pos",
          "(baseline)", "random");

  static {
    ATTRIBUTIONS.put("gradient function", "captum/gradient");
    ATTRIBUTIONS.put("smoothgrad function", "captum/smoothgrad");
    ATTRIBUTIONS.put("deconvnet signal", "captum/deconvnet");
    ATTRIBUTIONS.put("guided-backprop signal", "captum/guided_backprop");
    ATTRIBUTIONS.put("pattern-net signal", "backproj/patternnet_pos");
    ATTRIBUTIONS.put("lrp-0 attribution", "zennit/lrp_0");
    ATTRIBUTIONS.put(
        "integrated-gradients attribution", "captum/integrated_gradients_gausslegendre");
    ATTRIBUTIONS.put("pattern-attribution attribution", "backproj/patternattr_pos");
  }

  @TempDir Path folder;

  private void write() throws IOException {
    SampleRun run = new SampleRun(folder, SampleRun.Size.SMALL);
    run.file("environment.json", "{\"experiment\": \"golden\"}");
    int[] predicted = Shared.goldenClasses();
    int[] labels = Shared.npy("golden/labels").toIntVector();
    INDArray softmax = Shared.npy("golden/softmax");
    StringBuilder images =
        new StringBuilder(
            "row,name,label,label_name,predicted,predicted_name,explained,explained_name,confidence\n");
    for (int i = 0; i < labels.length; i++) {
      images.append(
          "%d,test-%d,%d,,%d,,%d,,%s%n"
              .formatted(
                  i, i, labels[i], predicted[i], predicted[i], softmax.getDouble(i, predicted[i])));
    }
    run.file("images.csv", images.toString());
    Files.copy(Shared.path("golden/inputs.npy"), folder.resolve("images.npy"));
    Files.createDirectories(folder.resolve("attributions"));
    List<String> rows = new ArrayList<>();
    for (Map.Entry<String, String> method : ATTRIBUTIONS.entrySet()) {
      String label = method.getKey().replaceAll(" .*", "");
      rows.add(label + "," + method.getKey().replace(' ', ',') + ",,0,0,64,ok,");
      Files.copy(
          Shared.path("golden/" + method.getValue() + ".npy"),
          folder.resolve("attributions/" + label + ".npy"));
    }
    run.file(
        "explainers.csv",
        "explainer,id,group,settings,bind_seconds,seconds,images,status,error\n"
            + String.join("\n", rows)
            + "\n");
    curves(run);
  }

  private static void curves(SampleRun run) {
    StringBuilder curves =
        new StringBuilder("metric,curve,explainer,point,x,mean,low,high,images\n");
    StringBuilder scores =
        new StringBuilder("metric,family,score,direction,explainer,mean,low,high,images,missing\n");
    for (Map.Entry<String, String> curve : CURVES.entrySet()) {
      INDArray values = Shared.npy("golden/curve/prob_" + curve.getValue());
      for (int point = 0; point < values.columns(); point++) {
        INDArray column = values.getColumn(point);
        double mean = column.meanNumber().doubleValue();
        double error = 1.96 * column.stdNumber().doubleValue() / 8;
        curves.append(
            "degradation,morf,%s,%d,%d,%s,%s,%s,64%n"
                .formatted(curve.getKey(), point, point, mean, mean - error, mean + error));
      }
      scores.append(
          "degradation,degradation,morf-mean,lower,%s,%s,,,64,0%n"
              .formatted(curve.getKey(), values.meanNumber()));
    }
    run.file("curves.csv", curves.toString());
    run.file("scores.csv", scores.toString());
  }

  @Test
  void heatMapHasTheSignsOfItsSourceAndFullColourAtItsLargestValues() throws IOException {
    write();
    Document report = Jsoup.parse(Report.writePage(folder).toFile());
    String uri = report.select("#images img[alt^=gradient of test-1,]").attr("src");
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(Base64.getDecoder().decode(uri.replaceAll(".*,", ""))));
    INDArray gradient = Shared.npy("golden/captum/gradient").slice(1).slice(0);
    double largest = gradient.amaxNumber().doubleValue();
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        double value = gradient.getDouble(y, x) / largest;
        int rgb = image.getRGB(x, y);
        int warmth = (rgb >> 16 & 0xff) - (rgb & 0xff);
        if (Math.abs(value) > .02) {
          assertThat(Math.signum(warmth)).isEqualTo(Math.signum((float) value));
        }
        if (Math.abs(value) == 1) {
          assertThat(rgb & 0xffffff).isIn(0xb83a00, 0x005a9c);
        }
      }
    }
  }

  @Test
  void theFirstByMeanIsTheOneThatTheGoldenNotesName() throws IOException {
    write();
    Document report = Jsoup.parse(Report.writePage(folder).toFile());
    String summary = report.select("#summary").text();
    assertThat(summary).contains("attributions, pattern-attribution (0.645) leads by mean only");
    assertThat(report.select("#metric-degradation").text()).contains("random order 0.764");
  }
}
