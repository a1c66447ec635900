package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.network.files.Reason;

/** Where the objects are in images. */
sealed interface Masks {

  /** None at all. */
  record None() implements Masks {
    @Override
    public Optional<Mask> of(String image, int width, int height) {
      return Optional.empty();
    }
  }

  /**
   * The mask of an image of a size; empty if it has none.
   *
   * @throws IOException if it cannot be read or has another size
   */
  Optional<Mask> of(String image, int width, int height) throws IOException;

  /**
   * @param setting a CSV table or a folder, in the store or beside the experiment file; empty for
   *     none
   */
  static Masks of(String setting, ImageStore store, Path base) throws IOException {
    if (setting.isEmpty()) {
      return new None();
    }
    if (setting.endsWith(".csv")) {
      return Boxes.of(CsvTable.read(setting, SideFile.read(store, base, setting)));
    }
    List<String> inside =
        store.list().below(setting).stream().filter(file -> file.endsWith(".png")).toList();
    if (!inside.isEmpty()) {
      return Pictures.of(store, setting + "/", inside);
    }
    if (!Files.exists(base.resolve(setting))) {
      throw new IOException(SideFile.missing(setting));
    }
    ImageStore other = ImageStore.of(base.resolve(setting));
    return Pictures.of(other, "", other.list().files());
  }

  /**
   * PNG files whose pixels are 0 outside of objects: {@code cat/1.png} is that of {@code
   * cat/1.jpg}, also where the image is in a folder more.
   *
   * @param files by name without ending
   */
  record Pictures(ImageStore store, Map<String, String> files) implements Masks {

    static Pictures of(ImageStore store, String start, List<String> files) {
      Map<String, String> byName = new HashMap<>();
      for (String file : files) {
        byName.put(stem(file.substring(start.length())), file);
      }
      return new Pictures(store, byName);
    }

    private static String stem(String file) {
      int dot = file.lastIndexOf('.');
      return dot > file.lastIndexOf('/') ? file.substring(0, dot) : file;
    }

    @Override
    public Optional<Mask> of(String image, int width, int height) throws IOException {
      String name = stem(image);
      while (!files.containsKey(name) && name.contains("/")) {
        name = name.substring(name.indexOf('/') + 1);
      }
      String file = files.get(name);
      return file == null ? Optional.empty() : Optional.of(read(file, width, height));
    }

    private Mask read(String file, int width, int height) throws IOException {
      BufferedImage picture;
      try (ImageStore.Session session = store.open()) {
        picture = Photograph.decode(session.read(file), Orientation.STORED);
      } catch (IOException e) {
        throw new IOException(String.format(Locale.ROOT, "its mask %s: %s", file, Reason.of(e)), e);
      }
      if (picture.getWidth() != width || picture.getHeight() != height) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "its mask %s has %d x %d pixels, not %d x %d",
                file,
                picture.getHeight(),
                picture.getWidth(),
                height,
                width));
      }
      Mask mask = new Mask(width, height);
      mask.fill((x, y) -> (picture.getRGB(x, y) & 0xffffff) != 0);
      return mask;
    }
  }

  /**
   * Boxes around objects.
   *
   * @param byFile those of each image
   */
  record Boxes(Map<String, List<Box>> byFile) implements Masks {
    private static final String FORM = "columns file, xmin, ymin, xmax, ymax";

    static Boxes of(CsvTable table) throws IOException {
      if (!table.columns().containsAll(List.of("file", "xmin", "ymin", "xmax", "ymax"))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has the columns %s; boxes need the %s.",
                table.title(),
                table.columns(),
                FORM));
      }
      Map<String, List<Box>> byFile = new HashMap<>();
      for (CsvTable.Row row : table.rows()) {
        Box box =
            new Box(
                number(row, "xmin"), number(row, "ymin"), number(row, "xmax"), number(row, "ymax"));
        if (!(box.xmax() > box.xmin() && box.ymax() > box.ymin())) {
          throw row.problem(String.format(Locale.ROOT, "the box from %s is empty", box));
        }
        byFile.computeIfAbsent(row.file(), file -> new ArrayList<>()).add(box);
      }
      return new Boxes(byFile);
    }

    private static double number(CsvTable.Row row, String column) throws IOException {
      String text = row.cell(column);
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw row.problem(String.format(Locale.ROOT, "'%s' is not a valid %s", text, column));
      }
    }

    @Override
    public Optional<Mask> of(String image, int width, int height) {
      List<Box> boxes = byFile.get(image);
      if (boxes == null) {
        return Optional.empty();
      }
      Mask mask = new Mask(width, height);
      mask.fill((x, y) -> boxes.stream().anyMatch(box -> box.holds(x + 0.5, y + 0.5)));
      return Optional.of(mask);
    }
  }

  /** A box in pixels of the image as it is stored, from 0 at its upper left corner. */
  record Box(double xmin, double ymin, double xmax, double ymax) {
    boolean holds(double x, double y) {
      return x >= xmin && x < xmax && y >= ymin && y < ymax;
    }
  }
}
