"""Training steps and predictions of the benchmarked networks in PyTorch, timed on request.

Started by the benchmarks with the same samples and the same initial weights that NetDsl has. Reads one JSON object a line from
the standard input, writes one JSON object a line to the standard output, and ends with the input. Every step reads its loss,
every prediction goes from bytes or tokens in host memory to probabilities in host memory; the data set lies on the device.
Arithmetic is full 32-bit: TF32 is switched off. Works from PyTorch 1.13 on; what a version or a machine lacks is reported as
absent, with the reason.

    {"do": "hello"}
    {"do": "check", "network": "MnistCnn", "weights": FILE, "batch": 32, "steps": 5}
    {"do": "time", "network": "MnistCnn", "weights": FILE, "kind": "train", "variant": "eager", "batch": 32, "warmup": 5, "steps": 20}
"""

import argparse
import json
import os
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


class Lstm(nn.Module):
    """1000-32-64-1. PyTorch's second bias, which would learn the same as the first, stays zero."""

    def __init__(self, tensors):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(tensors["Embedding1/weight"], freeze=False)
        self.lstm = nn.LSTM(32, 64, batch_first=True)
        self.dense = linear(tensors["Dense1/weight"], tensors["Dense1/bias"])
        with torch.no_grad():
            self.lstm.weight_ih_l0.copy_(tensors["LSTM1/weight"].t())
            self.lstm.weight_hh_l0.copy_(tensors["LSTM1/recurrentWeight"].t())
            self.lstm.bias_ih_l0.copy_(tensors["LSTM1/bias"])
            self.lstm.bias_hh_l0.zero_()
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, tokens):
        states, _ = self.lstm(self.embedding(tokens))
        return self.dense(states[:, -1])


def layer_norm(tensors, path):
    norm = nn.LayerNorm(128)
    with torch.no_grad():
        norm.weight.copy_(tensors[path + "/scale"])
        norm.bias.copy_(tensors[path + "/bias"])
    return norm


def causal_attention(queries, keys, values):
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(queries, keys, values, is_causal=True)
    scores = queries @ keys.transpose(-1, -2) * queries.shape[-1] ** -0.5
    ahead = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu(1)
    return F.softmax(scores.masked_fill(ahead, float("-inf")), dim=-1) @ values


class GptLayer(nn.Module):
    """Queries, keys and values come from one linear layer, as is usual."""

    def __init__(self, tensors, path):
        super().__init__()
        attention, thinking = path + "/GptAttention1/MultiHeadAttention1/", path + "/GptThinking1/FeedForward1/"

        def named(name):
            return linear(tensors[name + "/weight"], tensors[name + "/bias"])

        parts = [attention + part for part in ("query", "key", "value")]
        self.norm1 = layer_norm(tensors, path + "/GptAttention1/LayerNorm1")
        self.projections = linear(
            torch.cat([tensors[part + "/weight"] for part in parts], dim=1),
            torch.cat([tensors[part + "/bias"] for part in parts]),
        )
        self.output = named(attention + "output")
        self.norm2 = layer_norm(tensors, path + "/GptThinking1/LayerNorm1")
        self.up, self.down = named(thinking + "up"), named(thinking + "down")

    def forward(self, x):
        batch, length, width = x.shape
        parts = [part.view(batch, length, 4, width // 4).transpose(1, 2) for part in self.projections(self.norm1(x)).chunk(3, dim=-1)]
        x = x + self.output(causal_attention(*parts).transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Gpt(nn.Module):
    """Four layers of width 128 over 64 of 80 tokens."""

    def __init__(self, tensors):
        super().__init__()
        self.tokens = nn.Embedding.from_pretrained(tensors["Embedding1/weight"], freeze=False)
        self.places = nn.Parameter(tensors["PositionalEmbedding1/weight"])
        self.layers = nn.Sequential(*(GptLayer(tensors, f"GptLayer1/{layer}") for layer in range(1, 5)))
        self.norm = layer_norm(tensors, "LayerNorm1")
        self.head = linear(tensors["Dense1/weight"], tensors["Dense1/bias"])

    def forward(self, tokens):
        return self.head(self.norm(self.layers(self.tokens(tokens) + self.places)))


class Samples:
    """Inputs and answers of one kind, in host memory and on the device."""

    def __init__(self, path, device, inputs, shape, targets, answers):
        self.host = torch.from_numpy(np.fromfile(path + ".inputs", inputs).reshape(-1, *shape))
        self.inputs = self.host.to(device)
        read = torch.from_numpy(np.fromfile(path + ".targets", targets).reshape(len(self.host), *answers))
        self.targets = (read if read.is_floating_point() else read.to(torch.int64)).to(device)

    def place(self, step, batch):
        return step % (len(self.host) // batch) * batch


SAMPLES = {
    "digits": (np.uint8, (1, 28, 28), np.uint8, ()),
    "words": (np.int32, (100,), np.float32, (1,)),
    "characters": (np.int32, (64,), np.int32, (64,)),
}


def class_loss(logits, labels):
    """Over all places where there are several."""
    return F.cross_entropy(logits.flatten(0, -2), labels.flatten())


def class_answer(logits):
    return F.softmax(logits, dim=-1)


# The model, its samples, its loss and its answer, both from logits.
NETWORKS = {
    "MnistMlp": (mnist_mlp, "digits", class_loss, class_answer),
    "MnistCnn": (mnist_cnn, "digits", class_loss, class_answer),
    "Lstm100": (Lstm, "words", F.binary_cross_entropy_with_logits, torch.sigmoid),
    "Gpt": (Gpt, "characters", class_loss, class_answer),
}


class Network:
    """One of NETWORKS with its weights."""

    def __init__(self, name, tensors, device):
        model, self.samples, self.loss_of, self.answer_of = NETWORKS[name]
        self.model = model(tensors).to(device)

    def logits(self, inputs):
        return self.model(inputs.float() * (1 / 255) if inputs.dtype == torch.uint8 else inputs)

    def loss(self, inputs, targets):
        return self.loss_of(self.logits(inputs), targets)

    def answer(self, inputs):
        return self.answer_of(self.logits(inputs))


class Eager:
    """The usual loop."""

    def __init__(self, network, data, device, batch):
        self.network, self.data, self.device, self.batch = network, data, device, batch
        self.loss, self.answer = network.loss, network.answer
        self.optimizer = self.make_optimizer()
        self.step = 0

    def make_optimizer(self):
        return torch.optim.Adam(self.network.model.parameters(), lr=1e-3)

    def train(self):
        first = self.data.place(self.step, self.batch)
        self.step += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.data.inputs[first : first + self.batch], self.data.targets[first : first + self.batch])
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def predict(self):
        first = self.data.place(self.step, self.batch)
        self.step += 1
        with torch.no_grad():
            return self.answer(self.data.host[first : first + self.batch].to(self.device)).cpu().numpy()


class Compiled(Eager):
    """torch.compile over forward and loss, and over the prediction, for this very shape; the optimizer's fused kernel where there is a GPU."""

    def __init__(self, network, data, device, batch):
        super().__init__(network, data, device, batch)
        self.loss = torch.compile(network.loss, dynamic=False)
        self.answer = torch.compile(network.answer, dynamic=False)

    def make_optimizer(self):
        return torch.optim.Adam(self.network.model.parameters(), lr=1e-3, fused=self.device.type == "cuda")


class Graphed(Eager):
    """The whole step as one CUDA graph: forward, loss, backward and optimizer."""

    def __init__(self, network, data, device, batch):
        super().__init__(network, data, device, batch)
        self.inputs = data.inputs[:batch].clone()
        self.targets = data.targets[:batch].clone()
        self.training = self.answering = None

    def make_optimizer(self):
        try:
            return torch.optim.Adam(self.network.model.parameters(), lr=1e-3, capturable=True, fused=True)
        except (TypeError, ValueError, RuntimeError):
            return torch.optim.Adam(self.network.model.parameters(), lr=1e-3, capturable=True)

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
        loss = self.loss(self.inputs, self.targets)
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
        self.inputs.copy_(self.data.inputs[first : first + self.batch])
        self.targets.copy_(self.data.targets[first : first + self.batch])
        self.training.replay()
        return self.training_loss.item()

    def predict(self):
        with torch.no_grad():
            if self.answering is None:
                self.warm(lambda: self.answer(self.inputs))
                self.answering = torch.cuda.CUDAGraph()
                with torch.cuda.graph(self.answering):
                    self.probabilities = self.answer(self.inputs)
            first = self.data.place(self.step, self.batch)
            self.step += 1
            self.inputs.copy_(self.data.host[first : first + self.batch])
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
    def __init__(self, folder, device, threads):
        self.folder, self.device, self.threads = folder, device, threads
        self.samples, self.runners = {}, {}

    def runner(self, variant, request):
        network = Network(request["network"], read_safetensors(request["weights"]), self.device)
        if network.samples not in self.samples:
            path = os.path.join(self.folder, network.samples)
            self.samples[network.samples] = Samples(path, self.device, *SAMPLES[network.samples])
        return VARIANTS[variant](network, self.samples[network.samples], self.device, request["batch"])

    def hello(self, request):
        on = torch.cuda.get_device_name(self.device) if self.device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"
        variants = {name: absent(name, self.device, self.threads) for name in VARIANTS}
        return {"version": torch.__version__, "python": platform.python_version(), "device": on, "blas": blas(), "absent": variants}

    def check(self, request):
        runner = self.runner("eager", request)
        probabilities = runner.predict()
        runner.step = 0
        losses = [runner.train() for _ in range(request["steps"])]
        return {"losses": losses, "probabilities": probabilities.reshape(-1).tolist()}

    def time(self, request):
        # Training and prediction have a model each, as a change of weights is no business of a prediction.
        key = tuple(request[name] for name in ("network", "variant", "batch", "kind"))
        if key not in self.runners:
            self.runners[key] = self.runner(request["variant"], request)
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
    options.add_argument("--data", required=True, help="the folder of the samples: of each kind a file of inputs and one of targets")
    options.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    options.add_argument("--threads", type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    device = torch.device(given.device)
    if hasattr(torch, "compile"):
        # Every network at every batch is compiled for its own shape; past the default of 8, torch.compile goes on without compiling.
        torch._dynamo.config.cache_size_limit = 256
    server = Server(given.data, device, given.threads)
    for line in sys.stdin:
        print(json.dumps(server.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
