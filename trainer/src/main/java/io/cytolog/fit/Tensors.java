// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Java arrays to tensors and back, always by copy: no tensor outlives its memory. */
public final class Tensors {

    private Tensors() {}

    /** A float tensor of that shape with a copy of the values. */
    public static Tensor of(float[] values, long... shape) {
        try (FloatPointer memory = new FloatPointer(values);
                Tensor view = torch.from_blob(memory, shape)) {
            return view.clone();
        }
    }

    /** Cells as float {@code [n, 3, side, side]}, 0 to 1. */
    public static Tensor pictures(List<CellPixels> cells) {
        int side = cells.getFirst().side();
        int length = side * side * 3;
        byte[] all = new byte[length * cells.size()];
        for (int i = 0; i < cells.size(); i++) {
            System.arraycopy(cells.get(i).rgb(), 0, all, i * length, length);
        }
        long[] shape = {cells.size(), side, side, 3};
        try (BytePointer memory = new BytePointer(all);
                Tensor bytes =
                        torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Byte))) {
            return bytes.permute(0, 3, 1, 2)
                    .contiguous()
                    .to(torch.ScalarType.Float)
                    .div(new org.bytedeco.pytorch.Scalar(255.0));
        }
    }

    /** All values of a float tensor, row after row. */
    public static float[] values(Tensor tensor) {
        try (Tensor plain = tensor.detach().to(torch.ScalarType.Float).contiguous()) {
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr()).get(values);
            return values;
        }
    }
}
