"""Records of professionals: who they are, their dated parts, their situations, how they like to work."""
