"""Training steps and predictions of the sample networks in PyTorch, timed on request.

Started by the benchmarks with the same samples and the same initial weights that NetDsl has. Reads one JSON object a line from
the standard input, writes one JSON object a line to the standard output, and ends with the input. Every step reads its loss,
every prediction goes from bytes in host memory to probabilities in host memory; the data set lies on the device as bytes.
Arithmetic is full 32-bit: TF32 is switched off. Works from PyTorch 1.13 on; what a version or a machine lacks is reported as
absent, with the reason.

    {"do": "hello"}
    {"do": "check", "network": "MnistCnn", "weights": FILE, "batch": 32, "steps": 5}
    {"do": "time", "network": "MnistCnn", "weights": FILE, "kind": "train", "variant": "eager", "batch": 32, "warmup": 5, "steps": 20}
"""

import argparse
import json
import platform
import struct
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, end = entry["data_offsets"]
        values = np.frombuffer(body[first:end], np.float32).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def linear(weight, bias):
    """NetDsl keeps dense weights input x output."""
    layer = nn.Linear(weight.shape[0], weight.shape[1])
    with torch.no_grad():
        layer.weight.copy_(weight.t())
        layer.bias.copy_(bias)
    return layer


def mnist_mlp(tensors):
    return nn.Sequential(
        nn.Flatten(),
        linear(tensors["Dense1/weight"], tensors["Dense1/bias"]),
        nn.ReLU(),
        linear(tensors["Dense2/weight"], tensors["Dense2/bias"]),
    )


def mnist_cnn(tensors):
    """Convolutions are height x width x input x output in the file; Flatten goes over height, width, channels there."""
    convolution = nn.Conv2d(1, 32, 3)
    dense = tensors["Dense1/weight"].reshape(13, 13, 32, 64).permute(2, 0, 1, 3).reshape(5408, 64)
    with torch.no_grad():
        convolution.weight.copy_(tensors["Conv2D1/weight"].permute(3, 2, 0, 1))
        convolution.bias.copy_(tensors["Conv2D1/bias"])
    return nn.Sequential(
        convolution,
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        linear(dense, tensors["Dense1/bias"]),
        nn.ReLU(),
        linear(tensors["Dense2/weight"], tensors["Dense2/bias"]),
    )


NETWORKS = {"MnistMlp": mnist_mlp, "MnistCnn": mnist_cnn}


class Data:
    def __init__(self, images, labels, device):
        pixels = np.fromfile(images, np.uint8).reshape(-1, 1, 28, 28)
        self.host = torch.from_numpy(pixels)
        self.images = self.host.to(device)
        self.labels = torch.from_numpy(np.fromfile(labels, np.uint8).astype(np.int64)).to(device)

    def place(self, step, batch):
        return step % (len(self.host) // batch) * batch


class Eager:
    """The usual loop."""

    def __init__(self, model, data, device, batch):
        self.model, self.data, self.device, self.batch = model, data, device, batch
        self.optimizer = self.make_optimizer()
        self.step = 0

    def make_optimizer(self):
        return torch.optim.Adam(self.model.parameters(), lr=1e-3)

    def loss(self, images, labels):
        return F.cross_entropy(self.model(images.float() * (1 / 255)), labels)

    def answer(self, images):
        return F.softmax(self.model(images.float() * (1 / 255)), dim=1)

    def train(self):
        first = self.data.place(self.step, self.batch)
        self.step += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.data.images[first : first + self.batch], self.data.labels[first : first + self.batch])
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def predict(self):
        first = self.data.place(self.step, self.batch)
        self.step += 1
        with torch.no_grad():
            return self.answer(self.data.host[first : first + self.batch].to(self.device)).cpu().numpy()


class Compiled(Eager):
    """torch.compile over forward and loss, and over the prediction; the optimizer's fused kernel where there is a GPU."""

    def __init__(self, model, data, device, batch):
        super().__init__(model, data, device, batch)
        self.loss = torch.compile(super().loss)
        self.answer = torch.compile(super().answer)

    def make_optimizer(self):
        return torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=self.device.type == "cuda")


class Graphed(Eager):
    """The whole step as one CUDA graph: forward, loss, backward and optimizer."""

    def __init__(self, model, data, device, batch):
        super().__init__(model, data, device, batch)
        self.images = data.images[:batch].clone()
        self.labels = data.labels[:batch].clone()
        self.training = self.answering = None

    def make_optimizer(self):
        try:
            return torch.optim.Adam(self.model.parameters(), lr=1e-3, capturable=True, fused=True)
        except (TypeError, ValueError, RuntimeError):
            return torch.optim.Adam(self.model.parameters(), lr=1e-3, capturable=True)

    def warm(self, work):
        """A capture wants every buffer made and every library ready, on another stream than the default one."""
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                work()
        torch.cuda.current_stream().wait_stream(stream)

    def whole_step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.images, self.labels)
        loss.backward()
        self.optimizer.step()
        return loss

    def train(self):
        if self.training is None:
            self.warm(self.whole_step)
            self.optimizer.zero_grad(set_to_none=True)
            self.training = torch.cuda.CUDAGraph()
            with torch.cuda.graph(self.training):
                self.training_loss = self.whole_step()
        first = self.data.place(self.step, self.batch)
        self.step += 1
        self.images.copy_(self.data.images[first : first + self.batch])
        self.labels.copy_(self.data.labels[first : first + self.batch])
        self.training.replay()
        return self.training_loss.item()

    def predict(self):
        with torch.no_grad():
            if self.answering is None:
                self.warm(lambda: self.answer(self.images))
                self.answering = torch.cuda.CUDAGraph()
                with torch.cuda.graph(self.answering):
                    self.probabilities = self.answer(self.images)
            first = self.data.place(self.step, self.batch)
            self.step += 1
            self.images.copy_(self.data.host[first : first + self.batch])
            self.answering.replay()
            return self.probabilities.cpu().numpy()


class SingleThread(Eager):
    """The usual loop on one thread: for small steps faster than on several, and hurt less by what else runs."""


VARIANTS = {"eager": Eager, "single thread": SingleThread, "compile": Compiled, "graph": Graphed}


def absent(variant, device, threads):
    """Why a variant cannot run here, or None."""
    if variant == "single thread" and (device.type != "cpu" or threads == 1):
        return "of use on several threads of a CPU alone"
    if variant == "compile" and not hasattr(torch, "compile"):
        return f"PyTorch {torch.__version__} has no torch.compile"
    if variant in ("compile", "graph") and device.type != "cuda":
        return "timed with CUDA alone"
    return None


def blas():
    """The file of the CPU's matrix product, where it is a library of its own: Debian's default is the unoptimised reference."""
    torch.mm(torch.ones(64, 64), torch.ones(64, 64))
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    except OSError:
        return ""
    return next((file for name in ("mkl_core", "openblas", "libblis", "libblas") for file in sorted(files) if name in file.rsplit("/", 1)[-1]), "")


class Server:
    def __init__(self, data, device, threads):
        self.data, self.device, self.threads = data, device, threads
        self.runners = {}

    def model(self, request):
        return NETWORKS[request["network"]](read_safetensors(request["weights"])).to(self.device)

    def hello(self, request):
        on = torch.cuda.get_device_name(self.device) if self.device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"
        variants = {name: absent(name, self.device, self.threads) for name in VARIANTS}
        return {"version": torch.__version__, "python": platform.python_version(), "device": on, "blas": blas(), "absent": variants}

    def check(self, request):
        runner = Eager(self.model(request), self.data, self.device, request["batch"])
        probabilities = runner.predict()
        runner.step = 0
        losses = [runner.train() for _ in range(request["steps"])]
        return {"losses": losses, "probabilities": probabilities.reshape(-1).tolist()}

    def time(self, request):
        # Training and prediction have a model each, as a change of weights is no business of a prediction.
        key = tuple(request[name] for name in ("network", "variant", "batch", "kind"))
        if key not in self.runners:
            self.runners[key] = VARIANTS[request["variant"]](self.model(request), self.data, self.device, request["batch"])
        runner = self.runners[key]
        torch.set_num_threads(1 if request["variant"] == "single thread" else self.threads)
        work = runner.train if request["kind"] == "train" else runner.predict
        for _ in range(request["warmup"]):
            work()
        times = []
        for _ in range(request["steps"]):
            started = time.perf_counter()
            work()
            times.append((time.perf_counter() - started) * 1e6)
        return {"microseconds": times}

    def answer(self, request):
        try:
            return {"hello": self.hello, "check": self.check, "time": self.time}[request["do"]](request)
        except Exception as error:  # One variant that fails leaves the others to be timed; the reader shows the reason.
            return {"error": f"{type(error).__name__}: {error}"}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--images", required=True, help="28 x 28 bytes a sample")
    options.add_argument("--labels", required=True, help="a byte a sample")
    options.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    options.add_argument("--threads", type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    device = torch.device(given.device)
    server = Server(Data(given.images, given.labels, device), device, given.threads)
    for line in sys.stdin:
        print(json.dumps(server.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
