package org.explain4j.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.ChartNumbers;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.pictures.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FigureFilesTest {
  private static final double DOTS_PER_METRE = 300 / .0254;

  @TempDir private Path folder;

  private static Block.Figure figure(String file, String title) {
    Line line = Line.of("lrp", new double[] {0, 1, 2}, new double[] {1, .5, .25}, Line.Look.of(0));
    Chart chart =
        new Chart(
            "a curve",
            Chart.Axis.of("x"),
            Chart.Axis.of("y"),
            List.of(),
            List.of(line),
            Chart.Size.PANEL);
    return new Block.Figure(
        file,
        List.of(new Block.Panel(title, chart.svg())),
        "A caption.",
        ChartNumbers.of("a curve", "x", List.of(chart)));
  }

  /** Pictures of 2 x 1 pixels, red and blue. */
  private static Cell cell(String text) {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, Color.RED.getRGB());
    image.setRGB(1, 0, Color.BLUE.getRGB());
    return new Cell(ImageFile.PNG.dataUri(image), text, "", Optional.of(() -> image));
  }

  private static Block.Grid grid(int rows, String... columns) {
    List<Block.GridRow> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<Cell> cells = new ArrayList<>(List.of(cell("image")));
      Arrays.stream(columns).map(FigureFilesTest::cell).forEach(cells::add);
      all.add(new Block.GridRow("image " + r, List.of("true: cat"), cells));
    }
    return new Block.Grid(
        List.of(new Block.GridGroup("methods", List.of(columns))), all, true, false, "A grid.");
  }

  private static Page page(Block... blocks) {
    return new Page("title", "subtitle", List.of(new Section("images", "Images", List.of(blocks))));
  }

  private Page write(Block... blocks) throws IOException {
    return FigureFiles.write(page(blocks), folder.resolve("figures"));
  }

  private List<String> files() throws IOException {
    Path figures = folder.resolve("figures");
    try (Stream<Path> all = Files.walk(figures)) {
      return all.filter(Files::isRegularFile)
          .map(file -> figures.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve("figures").resolve(file));
  }

  @Test
  void aChartHasAFileOfEachFormatAndTheirLink() throws IOException {
    Page page = write(figure("degradation-morf", "attribution"));
    assertThat(files())
        .containsExactly(
            "degradation-morf-attribution.pdf",
            "degradation-morf-attribution.png",
            "degradation-morf-attribution.svg");
    Block.Figure linked = (Block.Figure) page.sections().get(0).blocks().get(0);
    assertThat(linked.panels().get(0).files()).isEqualTo("figures/degradation-morf-attribution");
  }

  @Test
  void aChartsPngHasThreeHundredDotsPerInchAndItsColours() throws IOException {
    write(figure("curve", ""));
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes("curve.png"))));
    Element size =
        (Element)
            ((Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
                .getElementsByTagName("pHYs")
                .item(0);
    assertThat(Double.parseDouble(size.getAttribute("pixelsPerUnitXAxis")))
        .isBetween(DOTS_PER_METRE - 1, DOTS_PER_METRE + 1);
    BufferedImage image = reader.read(0);
    assertThat(image.getWidth()).isGreaterThan(400 * 300 / 144);
    List<Integer> colours = new ArrayList<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).contains(0xff0072b2, 0xffffffff);
  }

  @Test
  void aChartsSvgStandsAloneInColoursOfPrint() throws IOException {
    write(figure("curve", ""));
    String svg = new String(bytes("curve.svg"), StandardCharsets.UTF_8);
    assertThat(svg)
        .startsWith("<svg width=")
        .contains("#0072b2", "Liberation Sans", ">lrp</text>")
        .doesNotContain("var(");
  }

  @Test
  void aPdfIsOnePageWithoutADate() throws IOException {
    write(figure("curve", ""), grid(1, "lrp"));
    for (String file : List.of("curve.pdf", "images.pdf")) {
      String pdf = new String(bytes(file), StandardCharsets.ISO_8859_1);
      assertThat(pdf).startsWith("%PDF-1.4").contains("/Count 1").endsWith("%%EOF\n");
      assertThat(pdf).doesNotContain("Date", "/ID");
    }
  }

  @Test
  void everyPictureIsAPngLargeEnoughForPrintWhosePixelsAreSquares() throws IOException {
    Page page = write(grid(2, "lrp", "gradient"));
    assertThat(files())
        .contains("images/1-image.png", "images/1-lrp.png", "images/2-gradient.png", "images.pdf");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes("images/1-lrp.png")));
    assertThat(image.getWidth()).isEqualTo(472);
    assertThat(image.getHeight()).isEqualTo(236);
    assertThat(new Color(image.getRGB(235, 200))).isEqualTo(Color.RED);
    assertThat(new Color(image.getRGB(236, 0))).isEqualTo(Color.BLUE);
    Block.Grid linked = (Block.Grid) page.sections().get(0).blocks().get(0);
    assertThat(linked.rows().get(1).cells().get(2).link())
        .isEqualTo("figures/images/2-gradient.png");
  }

  @Test
  void aGridIsDrawnWithTheNamesAndColoursOfItsPictures() throws IOException {
    write(grid(3, "lrp"));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes("images.png")));
    int red = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      red += new Color(image.getRGB(x, image.getHeight() / 2)).equals(Color.RED) ? 1 : 0;
    }
    assertThat(red).as("two pictures of which the left half is red").isBetween(180, 204);
    assertThat(new String(bytes("images.svg"), StandardCharsets.UTF_8))
        .contains(">lrp</text>", ">methods</text>", ">true: cat</text>");
  }

  /** More pixels than a reader can tell apart take seconds for a grid of a hundred. */
  @Test
  void aCoarsePictureIsInAGridAsFewPixelsAsShowItsSquares() throws IOException {
    write(grid(1, "lrp"));
    assertThat(new String(bytes("images.pdf"), StandardCharsets.ISO_8859_1))
        .contains("/Width 96", "/Height 48");
    assertThat(new String(bytes("images.svg"), StandardCharsets.UTF_8))
        .contains("width=\"96\"", "height=\"48\"", "image-rendering:pixelated");
  }

  @Test
  void theSameFiguresGiveTheSameBytes() throws IOException {
    write(figure("curve", ""), grid(1, "lrp"));
    List<byte[]> first = new ArrayList<>();
    for (String file : files()) {
      first.add(bytes(file));
    }
    write(figure("curve", ""), grid(1, "lrp"));
    List<String> files = files();
    assertThat(files).hasSameSizeAs(first);
    for (int i = 0; i < files.size(); i++) {
      assertThat(bytes(files.get(i))).as(files.get(i)).isEqualTo(first.get(i));
    }
  }

  @Test
  void namesThatDifferOnlyInSignsHaveFilesOfTheirOwn() throws IOException {
    write(figure("a 1", ""), figure("a/1", ""), figure("../../a<1>", ""), figure("ä", ""));
    assertThat(files()).filteredOn(file -> file.endsWith(".svg")).hasSize(4);
    assertThat(files()).allMatch(file -> file.matches("[a-z0-9/-]+\\.[a-z]{3}"));
    assertThat(folder.getParent().resolve("a.svg")).doesNotExist();
  }

  @Test
  void ofManyPicturesTheFirstRowsHaveFiles() throws IOException {
    String[] columns = new String[60];
    Arrays.setAll(columns, i -> "m" + i);
    write(grid(30, columns));
    assertThat(files()).filteredOn(file -> file.startsWith("images/")).hasSize(6 * 61);
  }

  @Test
  void filesOfAnEarlierPageGoAndTheReadersOwnStay() throws IOException {
    write(figure("old", ""));
    Files.writeString(folder.resolve("figures/notes.txt"), "mine");
    write(figure("new", ""));
    assertThat(files()).containsExactly("new.pdf", "new.png", "new.svg", "notes.txt");
  }

  @Test
  void noneIsLeftWhenOneCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("figures/images.png/in-the-way"));
    assertThatThrownBy(() -> write(figure("curve", ""), grid(1, "lrp")))
        .isInstanceOf(IOException.class);
    assertThat(files()).isEmpty();
  }
}
