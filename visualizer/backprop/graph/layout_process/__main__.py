from visualizer.backprop.graph.layout_process.serving import main

if __name__ == "__main__":
    main()
