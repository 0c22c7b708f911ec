package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalAxesTest {
  @ParameterizedTest(name = "{0} rows of {1} features")
  @CsvSource({"300,20", "20,20", "19,20", "40,500", "300,700", "2,9", "6,9"})
  void theAxesAreOrthogonalAndKeepEveryLength(int rows, int columns) {
    Matrix x = Samples.noisyClasses(rows, columns, 2, 1).features();
    double[] mean = Standardizer.columnMeans(x);
    try (PrincipalAxes axes = PrincipalAxes.of(x)) {
      double[][] z = rows(axes);
      double largest = 0;
      for (int j = 0; j < axes.width(); j++) {
        largest = Math.max(largest, axes.scatter(j));
      }
      double rounding = 1e-12 * largest;
      for (int i = 0; i < rows; i++) {
        double squares = 0;
        for (int j = 0; j < columns; j++) {
          squares += Math.pow(x.get(i, j) - mean[j], 2);
        }
        assertThat(Lbfgs.dot(z[i], z[i]) - 1).isCloseTo(squares, within(rounding));
      }
      for (int j = 0; j < axes.width(); j++) {
        for (int k = 0; k <= j; k++) {
          double product = 0;
          for (double[] row : z) {
            product += row[j] * row[k];
          }
          assertThat(product).isCloseTo(j == k ? axes.scatter(j) : 0, within(rounding));
        }
      }
    }
  }

  private static double[][] rows(PrincipalAxes axes) {
    double[][] rows = new double[axes.rows()][axes.width()];
    double[] block = new double[PrincipalAxes.BLOCK_ROWS * axes.width()];
    for (int i = 0; i < rows.length; i++) {
      if (i % PrincipalAxes.BLOCK_ROWS == 0) {
        axes.block(i).get(block);
      }
      System.arraycopy(
          block, i % PrincipalAxes.BLOCK_ROWS * axes.width(), rows[i], 0, axes.width());
    }
    return rows;
  }
}
