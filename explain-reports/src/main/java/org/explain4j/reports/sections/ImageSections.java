package org.explain4j.reports.sections;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.network.numpy.NumpyArray;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.pictures.ImageFile;
import org.explain4j.reports.pictures.Picture;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** Explanations as pictures: under all estimators (Fig. 4b) and by all methods (Fig. 5). */
public final class ImageSections {
  private static final String USUAL = "pattern-attribution";
  private static final int ROWS = 8;
  private static final int ESTIMATOR_ROWS = 3;

  /** Bytes that the maps of one figure may hold: keeps the page below some megabytes. */
  private static final double BYTES = 7e6;

  private static final int LARGEST = 224;
  private static final int SMALLEST = 48;

  /** Up to this size a picture's pixels stay visible. */
  private static final int COARSE = 72;

  static final String HEAT_MAPS =
      "heat maps: sum over channels, vermillion for the class, white nothing, blue against it; full"
          + " colour is at the size that 99.5 % of a map's values do not exceed";

  private final RunDirectory run;
  private final List<ExplainedImage> images;
  private final NumpyArray pixels;
  private final boolean coarse;
  private final Outlines outlines;

  private ImageSections(RunDirectory run, List<ExplainedImage> images, NumpyArray pixels)
      throws IOException {
    this.run = run;
    this.images = images;
    this.pixels = pixels;
    this.outlines = Outlines.of(run, pixels);
    this.coarse = Math.max(pixels.shape().get(2), pixels.shape().get(3)) <= COARSE;
  }

  private static Optional<ImageSections> in(RunDirectory run) throws IOException {
    List<ExplainedImage> images = run.images();
    if (images.isEmpty() || !run.has("images.npy")) {
      return Optional.empty();
    }
    NumpyArray pixels = run.array("images.npy");
    return pixels.shape().size() == 4
        ? Optional.of(new ImageSections(run, images, pixels))
        : Optional.empty();
  }

  /** A column of pictures: which file, how shown. */
  private record Column(String label, boolean signal) {}

  /**
   * @throws IOException if a file is damaged
   */
  public static List<Section> of(RunDirectory run) throws IOException {
    List<Section> list = new ArrayList<>();
    Optional<ImageSections> sections = in(run);
    if (sections.isPresent()) {
      sections.get().estimators().ifPresent(list::add);
      sections.get().methods().ifPresent(list::add);
    }
    return list;
  }

  /** The first image and what some methods say of it, in a row; empty without images. */
  static Optional<Block> strip(RunDirectory run, List<String> labels) throws IOException {
    Optional<ImageSections> sections = in(run);
    return sections.isEmpty() || labels.isEmpty()
        ? Optional.empty()
        : Optional.of(sections.get().strip(labels));
  }

  private Block strip(List<String> labels) throws IOException {
    ExplainedImage image = images.get(0);
    Methods methods = Methods.of(run);
    List<Block.StripItem> items = new ArrayList<>();
    items.add(
        new Block.StripItem(
            "image", name(image.explainedName(), image.explained()), input(0, image.name())));
    for (String label : labels) {
      Group group = methods.groupOf(label).orElseThrow();
      Column column = new Column(label, group == Group.SIGNAL);
      Optional<NumpyArray> values = attributions(label);
      items.add(
          new Block.StripItem(
              Methods.name(group), label, cell(column, values, 0, LARGEST, image.name())));
    }
    return new Block.Strip(
        items,
        coarse,
        "One image and what the best of each group show of it; all methods and images are below."
            + outlines.caption());
  }

  private Optional<Section> estimators() throws IOException {
    List<EstimatorMap> maps = run.rows(RunTable.ESTIMATOR_MAPS);
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (EstimatorMap map : maps) {
      columns.add(new Column(map.explainer(), false));
      boolean usual = map.explainer().startsWith(USUAL);
      titles.add(map.estimator() + (usual ? "" : ", drawn by " + map.explainer()));
    }
    Block grid =
        grid(
            List.of(new Block.GridGroup("signal estimators", titles)),
            columns,
            Math.min(ESTIMATOR_ROWS, limit()),
            "The same image under each signal estimator, drawn by "
                + USUAL
                + " with it where its name says no other; "
                + HEAT_MAPS
                + ".");
    return Optional.of(
        new Section("estimator-maps", "One image under all estimators (Fig. 4b)", List.of(grid)));
  }

  private Optional<Section> methods() throws IOException {
    List<Block.GridGroup> groups = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : Methods.of(run).groups().entrySet()) {
      if (!group.getValue().isEmpty()) {
        groups.add(new Block.GridGroup(Methods.name(group.getKey()), group.getValue()));
        boolean signal = group.getKey() == Group.SIGNAL;
        group.getValue().forEach(label -> columns.add(new Column(label, signal)));
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    String caption =
        "Signals keep their colour channels and are shown as x / (2 m) + 1/2, grey being zero and m"
            + " the size that 99.5 % of the values do not exceed; functions and attributions are "
            + HEAT_MAPS
            + ". Each picture has a scale of its own: compare patterns, not strengths, and only"
            + " within a group.";
    return Optional.of(
        new Section(
            "images", "Explanations (Fig. 5)", List.of(grid(groups, columns, limit(), caption))));
  }

  /** As many images as the experiment asks for. */
  private int limit() throws IOException {
    return run.reportSetting("images").orElse(null) instanceof Integer images
        ? Math.max(1, images)
        : ROWS;
  }

  private Block grid(List<Block.GridGroup> groups, List<Column> columns, int limit, String caption)
      throws IOException {
    int count = Math.min(Math.min(limit, pixels.rows()), images.size());
    int full = (int) Math.max(pixels.shape().get(2), pixels.shape().get(3));
    int side = Math.min(full, side(count, columns.size()));
    Map<Column, Optional<NumpyArray>> attributions = new LinkedHashMap<>();
    for (Column column : columns) {
      attributions.put(column, attributions(column.label()));
    }
    List<Block.GridRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ExplainedImage image = images.get(i);
      List<Cell> cells = new ArrayList<>();
      String name = image.name();
      cells.add(input(i, name));
      for (Column column : columns) {
        cells.add(cell(column, attributions.get(column), i, side, name));
      }
      rows.add(
          new Block.GridRow(
              name,
              details(image),
              cells,
              name(image.labelName(), image.label()),
              image.label() == image.predicted() ? "right" : "wrong"));
    }
    String shown =
        String.format(
            Locale.ROOT,
            " Shown: the first %d of %d images%s.",
            count,
            images.size(),
            side < full ? ", averaged over blocks of pixels to at most " + side + " a side" : "");
    return new Block.Grid(groups, rows, coarse, false, caption + outlines.caption() + shown);
  }

  private static int side(int rows, int columns) {
    int fitting = (int) Math.sqrt(BYTES / (rows * (double) columns));
    return Math.max(SMALLEST, Math.min(LARGEST, fitting));
  }

  private Optional<NumpyArray> attributions(String label) throws IOException {
    String file = "attributions/" + label + ".npy";
    if (!run.has(file)) {
      return Optional.empty();
    }
    NumpyArray array = run.array(file);
    if (!array.shape().equals(pixels.shape())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: shape %s, but the images have %s.",
              run.path().resolve(file),
              array.shape(),
              pixels.shape()));
    }
    return Optional.of(array);
  }

  private Cell input(int row, String name) throws IOException {
    return new Cell(
        uri(picture(pixels, row).atMost(LARGEST).pixels(), row, !coarse),
        name,
        "",
        Optional.of(() -> outlines.over(picture(pixels, row).pixels(), row)));
  }

  /**
   * @param photo whether it may be stored with small losses
   */
  private String uri(BufferedImage picture, int row, boolean photo) throws IOException {
    ImageFile file = photo ? ImageFile.JPEG : ImageFile.PNG;
    return file.dataUri(outlines.over(picture, row));
  }

  private Cell cell(
      Column column, Optional<NumpyArray> attributions, int row, int side, String name)
      throws IOException {
    if (attributions.isEmpty()) {
      return new Cell("", Numbers.MISSING);
    }
    Picture picture = picture(attributions.get(), row);
    Picture small = picture.atMost(side);
    String image = uri(small.shown(column.signal()), row, column.signal() && !coarse);
    String scale = ", full colour at " + Numbers.measured(small.limit(column.signal()));
    return new Cell(
        image,
        column.label() + " of " + name + scale + warning(picture),
        "",
        Optional.of(
            () -> outlines.over(picture(attributions.get(), row).shown(column.signal()), row)));
  }

  static String warning(Picture picture) {
    int unusable = picture.unusable();
    return unusable == 0 ? "" : ": " + unusable + " values are NaN or infinite";
  }

  static Picture picture(NumpyArray array, int row) throws IOException {
    double[] values = array.read(row);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    List<Long> shape = array.shape();
    return new Picture(
        shape.get(1).intValue(), shape.get(2).intValue(), shape.get(3).intValue(), floats);
  }

  private static List<String> details(ExplainedImage image) {
    List<String> details = new ArrayList<>();
    details.add("true: " + name(image.labelName(), image.label()));
    details.add(
        "predicted: "
            + name(image.predictedName(), image.predicted())
            + " ("
            + Numbers.percent(image.confidence())
            + ")");
    if (image.explained() != image.predicted()) {
      details.add("explained: " + name(image.explainedName(), image.explained()));
    }
    return details;
  }

  private static String name(String name, long index) {
    return name.isEmpty() ? Long.toString(index) : name;
  }
}
